package app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with the starter and nothing said about it but properties. */
@SpringBootApplication
public class App {
  /**
   * Runs.
   *
   * @param args Spring's
   */
  public static void main(String[] args) {
    SpringApplication.run(App.class, args);
  }
}

package dev.occ.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's headless Chromium, driven over its own driver. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test where there is no Chromium; .ci/run installs it. */
  static Browser open(Path downloads) {
    Path chromium = installed("chromium");
    Path driver = installed("chromedriver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // CI runs as root, where Chromium's own sandbox cannot start
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toString()));
    LoggingPreferences console = new LoggingPreferences();
    console.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", console);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Path installed(String program) {
    Path path = Path.of("/usr/bin", program);
    assumeTrue(Files.isExecutable(path), path + " is not installed: the page is not tested");
    return path;
  }

  /** The driver, for what is needed once only. */
  ChromeDriver driver() {
    return driver;
  }

  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Waits until an element that fits is there and shown. */
  WebElement await(String selector) {
    ExpectedCondition<WebElement> shown =
        ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector));
    return Objects.requireNonNull(new WebDriverWait(driver, PATIENCE).until(shown));
  }

  /** Runs a script; gives an empty text if it returns nothing. */
  Object script(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
  }

  /** What the page and the browser wrote to the console since the last call. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /** Waits for a download that is complete: until then Chromium writes under another name. */
  Path awaitDownload(Path downloads, String name) {
    Path file = downloads.resolve(name);
    boolean there = new WebDriverWait(driver, PATIENCE).until(d -> Files.exists(file));
    if (!there) {
      throw new IllegalStateException("no download " + name);
    }
    return file;
  }

  /** Keeps a picture of the whole page as a build result. */
  void keepScreenshot(String name) throws IOException {
    Path folder = ProjectFiles.root().resolve("occ-examples/programs/target/page");
    Files.createDirectories(folder);
    Dimension size = driver.manage().window().getSize();
    Number height = (Number) script("return document.documentElement.scrollHeight");
    resize(size.getWidth(), Math.min(height.intValue() + 150, 8000));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    driver.manage().window().setSize(size);
  }

  @Override
  public void close() {
    driver.quit();
  }
}

package dev.occ.programs.kit;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.client.OccClientException;
import dev.occ.epoch.EpochException;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns an exception that ended a command into one line on standard error and exit code 2. Failures
 * of the environment are told in a sentence; anything else is a mistake in this program and comes
 * with its stack trace.
 */
public final class FailureReport implements IExecutionExceptionHandler {
  public FailureReport() {}

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    if (isExpected(e)) {
      err.println(name + ": " + Printable.of(sentence(e)));
    } else {
      err.println(name + ": internal error, please report it");
      e.printStackTrace(err);
    }
    err.flush();
    return ExitCode.UNUSABLE;
  }

  /**
   * Reports what is no exception; the report may be lost when memory has run out, never the code.
   */
  public static int broken(CommandLine command, Error e) {
    String name = command.getCommandSpec().qualifiedName();
    try {
      PrintWriter err = command.getErr();
      if (e instanceof OutOfMemoryError) {
        err.println(
            name + ": out of memory (" + Printable.of(String.valueOf(e.getMessage())) + ")");
      } else {
        err.println(name + ": internal error, please report it");
        e.printStackTrace(err);
      }
      err.flush();
    } catch (OutOfMemoryError again) {
      return ExitCode.UNUSABLE;
    }
    return ExitCode.UNUSABLE;
  }

  private static boolean isExpected(Exception e) {
    return e instanceof IOException
        || e instanceof InvalidPathException // an argument, or a name in the file system
        || e instanceof EpochException
        || e instanceof SignerException
        || e instanceof OccClientException;
  }

  /**
   * Prints a proof that could not be written, for it exists nowhere else. Its line can be copied
   * into a file: it reads as the file would.
   */
  public static void unsaved(
      PrintWriter err, String program, Path place, Proof proof, IOException e) {
    String problem = place + " cannot be written: " + sentence(e) + "; the next line is the proof";
    err.println(program + ": " + Printable.of(problem));
    err.println(Printable.of(proof.json().toJson()));
    err.flush();
  }

  /** What happened, in one sentence. */
  public static String sentence(Exception e) {
    if (e instanceof FileSystemException file) {
      return sentence(file);
    }
    StringBuilder text = new StringBuilder(String.valueOf(e.getMessage()));
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (text.indexOf(message) < 0) { // some repeat their cause's message
        text.append(": ").append(message);
      }
    }
    return text.toString();
  }

  /** The JDK's message of these is only the file's name. */
  private static String sentence(FileSystemException e) {
    String problem = e.getReason();
    if (e instanceof NoSuchFileException) {
      problem = "no such file or folder";
    } else if (e instanceof AccessDeniedException) {
      problem = "permission denied";
    } else if (e instanceof FileAlreadyExistsException) {
      problem = problem == null ? "already exists" : problem;
    } else if (e instanceof NotDirectoryException) {
      problem = "is not a folder";
    }
    return e.getFile() + ": " + (problem == null ? e.getClass().getSimpleName() : problem);
  }
}

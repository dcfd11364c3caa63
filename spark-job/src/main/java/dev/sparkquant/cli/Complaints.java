package dev.sparkquant.cli;

import dev.sparkquant.eval.divergence.EvaluationException;
import dev.sparkquant.eval.divergence.LogitsFileException;
import dev.sparkquant.eval.model.ModelException;
import dev.sparkquant.eval.tokenizer.TokenizerException;
import dev.sparkquant.gguf.GgufException;
import dev.sparkquant.job.JobFailedException;
import dev.sparkquant.plan.PlanException;
import dev.sparkquant.policy.PolicyException;
import dev.sparkquant.store.Reason;
import dev.sparkquant.store.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what stops a command into one sentence and an exit code; only defects show a trace. */
final class Complaints implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    int code = complain(e, err);
    for (Throwable also : e.getSuppressed()) {
      // Clearing up failed too: what is left has to be named.
      if (also instanceof StorageException) {
        err.println("sparkquant: " + PrintableText.of(also.getMessage(), 2000));
      }
    }
    if (code != ExitCodes.INTERNAL && Verbosity.current() == Verbosity.VERBOSE) {
      printTrace(e, err);
    }
    return code;
  }

  /** Messages in a trace may quote the model. */
  private static void printTrace(Exception e, PrintWriter err) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    trace
        .toString()
        .lines()
        .forEach(line -> err.println(PrintableText.of(line.replace("\t", "    "), 2000)));
  }

  private static int complain(Exception e, PrintWriter err) {
    if (e instanceof GgufException
        || e instanceof PolicyException
        || e instanceof PlanException
        || e instanceof ModelException
        || e instanceof EvaluationException
        || e instanceof LogitsFileException
        || e instanceof TokenizerException
        || e instanceof JobFailedException) {
      err.println("sparkquant: " + PrintableText.of(e.getMessage(), 2000));
      return ExitCodes.INPUT;
    }
    if (e instanceof IOException io) {
      err.println("sparkquant: " + PrintableText.of(sentence(io), 2000));
      return ExitCodes.STORAGE;
    }
    err.println("sparkquant: this is a defect of sparkquant; please report it with these lines:");
    printTrace(e, err);
    return ExitCodes.INTERNAL;
  }

  private static String sentence(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "Cannot read " + missing.getFile() + ": no such file";
    }
    if (e instanceof FileNotFoundException) {
      return "Cannot read: " + e.getMessage();
    }
    if (e instanceof FileSystemException file) {
      return "Cannot use " + file.getFile() + ": " + Reason.of(e);
    }
    return Reason.of(e);
  }
}

import type { Readable, Writable } from 'node:stream';
import type { FlatTable } from './output/csv.ts';

/** The process as the commands see it. */
export interface Terminal {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  /** Whether stdout shows colours. */
  colors: boolean;
  /** Characters a line of stdout holds. @default - as long as it gets, as in a pipe */
  widthChars?: number | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  /** Asks the person at the terminal; throws UsageError where there is none. @default - nobody is there */
  confirm?(question: string): Promise<boolean>;
  /** From the call on, Ctrl-C aborts the signal instead of ending the process; a second one ends it. */
  onInterrupt?(): AbortSignal;
}

/** What a command has to say: one object for programs, text for people. */
export interface CommandResult {
  json: Readonly<Record<string, unknown>>;
  text: string;
  /** The same for spreadsheets, of commands that take `--csv`. */
  flat?: FlatTable;
  /** 0: done; 1: not, or not all of what was asked for. */
  exitCode: 0 | 1;
}

/** Options that say where the stack's resources are; every command takes them. */
export interface PlaceOptions {
  stack?: string;
  region?: string;
  ledgerTable?: string;
  runBucket?: string;
  stateMachine?: string;
}

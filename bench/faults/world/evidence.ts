import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import type { LedgerItem } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import type { PlaceTrouble } from '../seam/place-troubles.ts';
import type { Effect, Size } from './effect-log.ts';

/** What a person said on the approval page, and what the page answered in the end. */
export interface Consent {
  readonly functionName: string;
  readonly decision: 'approved' | 'rejected';
  /** When it was said first. */
  readonly atMs: number;
  /** Whether the page ever took it (303). */
  readonly taken: boolean;
  /** Of the digests whose pages it was said on: a later try may meet a newer one. */
  readonly links: readonly string[];
}

/** A night as its execution ended. */
export interface NightEnd {
  readonly runId: string;
  readonly status: string;
  readonly error?: string | undefined;
  /** Whether anything went wrong in it. */
  readonly stormy: boolean;
  /** Functions of every account when it began, ours among them. */
  readonly functionNames: readonly string[];
  readonly report: ReportLines | undefined;
  /** When it was started, and when it was over, epoch ms. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** The report object as SummarizeRun wrote it, as far as it is judged. */
export interface ReportLines {
  readonly counts: Readonly<Record<string, number>>;
  readonly excluded: readonly ExcludedLine[];
  readonly assessed: readonly (ExcludedLine & { readonly kind: string; readonly exclusionReason?: string })[];
  readonly changed: readonly OutcomeLine[];
  readonly settled: readonly OutcomeLine[];
  readonly unavailableSources?: readonly { readonly source: string }[];
}

interface ExcludedLine {
  readonly functionName: string;
  readonly reason?: string;
}

export interface OutcomeLine {
  readonly functionName: string;
  readonly runId: string;
  readonly kind: string;
  readonly reason: string;
  readonly decidedBy?: string;
}

/** What one run left behind, seen from outside: the account, the table's raw items, and what was heard of it. */
export interface Evidence {
  readonly account: SandboxAccount;
  readonly ledger: readonly LedgerItem[];
  readonly effects: readonly Effect[];
  readonly consents: readonly Consent[];
  readonly sizesAtStart: ReadonlyMap<string, Size>;
  readonly nights: readonly NightEnd[];
  /** Whether remediation may act only once a person said so. */
  readonly asksFirst?: boolean;
  /** Whether a host's clock was led astray: it decides what is late. */
  readonly clocksJumped: boolean;
  readonly logLines: readonly string[];
  /** Addresses that anybody was sent to or called. */
  readonly urls: readonly string[];
  /** Other accounts and regions. @default - there are none */
  readonly abroad?: Abroad;
}

/** Other accounts and regions of an organization, and what went on there. */
export interface Abroad {
  readonly accounts: readonly SandboxAccount[];
  /** Times in which each was in trouble. */
  readonly troubles: readonly PlaceTrouble[];
  /** Whether nothing else went wrong, so that nobody but who was in trouble may have suffered. */
  readonly isQuiet: boolean;
  /** Every session token that STS gave. */
  readonly sessionTokens: ReadonlySet<string>;
  /** Functions that are four times slower from a moment after their change on, as the hub knows them. */
  readonly regressed: readonly string[];
}

/** A function as Lambda describes it at this moment. */
export interface LiveFunction {
  memorySizeMb: number;
  timeoutSeconds: number;
  codeSha256: string;
  revisionId: string;
  /** ISO 8601: when code or configuration were last written, by whomever. */
  lastModified?: string;
  /** Active, Inactive, Pending, Failed, … */
  state: string;
  /** Successful, InProgress or Failed. */
  lastUpdateStatus: string;
  lastUpdateStatusReason?: string;
  /** Absent when the function draws on the account's unreserved concurrency. */
  reservedConcurrentExecutions?: number;
  /** Versions of it start from a snapshot; absent when they don't. */
  snapStart?: true;
}

/** An alias as Lambda describes it at this moment. */
export interface LiveAlias {
  name: string;
  functionVersion: string;
  /** Shares, 0 to 1, of versions beside `functionVersion`, by version; empty without weights. */
  weights: Readonly<Record<string, number>>;
  revisionId: string;
}

/** Why Lambda would not take a write. */
export type UpdateRefusal = 'RevisionMismatch' | 'UpdateInProgress' | 'NotFound' | 'InvalidParameter';

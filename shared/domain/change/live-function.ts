/** A function as Lambda describes it at this moment. */
export interface LiveFunction {
  memorySizeMb: number;
  timeoutSeconds: number;
  codeSha256: string;
  revisionId: string;
  /** Active, Inactive, Pending, Failed, … */
  state: string;
  /** Successful, InProgress or Failed. */
  lastUpdateStatus: string;
  lastUpdateStatusReason?: string;
  /** Absent when the function draws on the account's unreserved concurrency. */
  reservedConcurrentExecutions?: number;
}

/** Why Lambda would not take a write. */
export type UpdateRefusal = 'RevisionMismatch' | 'UpdateInProgress' | 'NotFound' | 'InvalidParameter';

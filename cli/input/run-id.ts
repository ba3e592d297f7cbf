/** Ids of nights; they become keys in the run bucket, so nothing else may pass. */
export const RUN_ID = /^(scheduled|manual)-[\w.-]{1,100}$/;

/** What is wrong with the id of a run that has a report, if anything. */
export const problemOfRunId = (runId: string): string | false =>
  !RUN_ID.test(runId) && `${JSON.stringify(runId)} is not a run's id, such as scheduled-2026-11-23`;

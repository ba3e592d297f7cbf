import * as v from 'valibot';

/** Who decided, and how sure we are of it. */
export const identitySchema = v.object({
  /** `consent`: an earlier approval by a person that covered this step; `name` is that person's. */
  kind: v.picklist(['link-holder', 'oidc', 'iam', 'policy', 'consent']),
  name: v.string(),
});
export type Identity = v.InferOutput<typeof identitySchema>;

export const decisionSchema = v.object({
  decision: v.picklist(['approved', 'rejected']),
  by: identitySchema,
  at: v.string(),
  note: v.optional(v.string()),
  /** An approval that does not cover the steps which the proposal says may follow. */
  onlyThisStep: v.optional(v.boolean()),
});
export type Decision = v.InferOutput<typeof decisionSchema>;

/** What production says of a change. */
export const VERDICTS = ['better', 'worse', 'inconclusive'] as const;
export type Verdict = (typeof VERDICTS)[number];

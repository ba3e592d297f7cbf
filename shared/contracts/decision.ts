import * as z from 'zod/mini';

/** Who decided, and how sure we are of it. */
export const identitySchema = z.object({
  /** `consent`: an earlier approval by a person that covered this step; `name` is that person's. */
  kind: z.enum(['link-holder', 'oidc', 'iam', 'policy', 'consent']),
  name: z.string(),
});
export type Identity = z.output<typeof identitySchema>;

export const decisionSchema = z.object({
  decision: z.enum(['approved', 'rejected']),
  by: identitySchema,
  at: z.string(),
  note: z.optional(z.string()),
  /** An approval that does not cover the steps which the proposal says may follow. */
  onlyThisStep: z.optional(z.boolean()),
});
export type Decision = z.output<typeof decisionSchema>;

/** What production says of a change. */
export const VERDICTS = ['better', 'worse', 'inconclusive'] as const;
export type Verdict = (typeof VERDICTS)[number];

import * as v from 'valibot';
import { parseContract } from './parse.ts';

/** How a night's digest goes out besides the topic; travels to PrepareApprovals as one JSON environment variable. */
const digestSettingsSchema = v.object({
  /** The digest as HTML by SES; absent: by SNS only. */
  html: v.optional(v.object({ from: v.string(), to: v.array(v.string()) })),
  /** Whether the event `Rightsizer Approvals Requested` carries the page's link, and with it the right to decide. */
  linkInEvents: v.boolean(),
});
export type DigestSettings = v.InferOutput<typeof digestSettingsSchema>;
export const parseDigestSettings = (json: string): DigestSettings =>
  parseContract('digest settings', digestSettingsSchema, JSON.parse(json));

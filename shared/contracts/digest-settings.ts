import * as z from 'zod/mini';
import { parseContract } from './parse.ts';

/** How a night's digest goes out besides the topic; travels to PrepareApprovals as one JSON environment variable. */
const digestSettingsSchema = z.object({
  /** The digest as HTML by SES; absent: by SNS only. */
  html: z.optional(z.object({ from: z.string(), to: z.array(z.string()) })),
  /** Whether the event `Rightsizer Approvals Requested` carries the page's link, and with it the right to decide. */
  linkInEvents: z.boolean(),
});
export type DigestSettings = z.output<typeof digestSettingsSchema>;
export const parseDigestSettings = (json: string): DigestSettings =>
  parseContract('digest settings', digestSettingsSchema, JSON.parse(json));

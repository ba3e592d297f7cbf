import * as z from 'zod/mini';

/** https://api.slack.com/reference/block-kit/blocks and https://api.slack.com/messaging/webhooks */
const plainText = (maxChars: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().check(z.minLength(1), z.maxLength(maxChars)) });
export const slackSchema = z.strictObject({
  text: z.string().check(z.minLength(1), z.regex(/^[^<>&]*$/)),
  unfurl_links: z.literal(false),
  blocks: z
    .array(
      z.union([
        z.strictObject({ type: z.literal('header'), text: plainText(150) }),
        z.strictObject({ type: z.literal('section'), text: plainText(3_000) }),
        z.strictObject({
          type: z.literal('section'),
          text: z.strictObject({ type: z.literal('mrkdwn'), text: z.string().check(z.maxLength(3_000)) }),
        }),
      ]),
    )
    .check(z.minLength(1), z.maxLength(50)),
});

/** https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ */
export const pagerDutySchema = z.strictObject({
  routing_key: z.string().check(z.length(32)),
  event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
  dedup_key: z.string().check(z.minLength(1), z.maxLength(255)),
  client: z.string(),
  payload: z.strictObject({
    summary: z.string().check(z.minLength(1), z.maxLength(1_024)),
    source: z.string().check(z.minLength(1)),
    severity: z.enum(['critical', 'error', 'warning', 'info']),
    timestamp: z.iso.datetime(),
    component: z.string(),
    class: z.string(),
    custom_details: z.record(z.string(), z.unknown()),
  }),
});

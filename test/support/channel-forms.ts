import * as v from 'valibot';
import { record, strictObject } from '../../shared/contracts/typed-values.ts';

/** https://api.slack.com/reference/block-kit/blocks and https://api.slack.com/messaging/webhooks */
const plainText = (maxChars: number) =>
  strictObject({ type: v.literal('plain_text'), text: v.pipe(v.string(), v.minLength(1), v.maxLength(maxChars)) });
export const slackSchema = strictObject({
  text: v.pipe(v.string(), v.minLength(1), v.regex(/^[^<>&]*$/)),
  unfurl_links: v.literal(false),
  blocks: v.pipe(
    v.array(
      v.union([
        strictObject({ type: v.literal('header'), text: plainText(150) }),
        strictObject({ type: v.literal('section'), text: plainText(3_000) }),
        strictObject({
          type: v.literal('section'),
          text: strictObject({ type: v.literal('mrkdwn'), text: v.pipe(v.string(), v.maxLength(3_000)) }),
        }),
      ]),
    ),
    v.minLength(1),
    v.maxLength(50),
  ),
});

/** https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ */
export const pagerDutySchema = strictObject({
  routing_key: v.pipe(v.string(), v.length(32)),
  event_action: v.picklist(['trigger', 'acknowledge', 'resolve']),
  dedup_key: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  client: v.string(),
  payload: strictObject({
    summary: v.pipe(v.string(), v.minLength(1), v.maxLength(1_024)),
    source: v.pipe(v.string(), v.minLength(1)),
    severity: v.picklist(['critical', 'error', 'warning', 'info']),
    timestamp: v.pipe(v.string(), v.isoTimestamp()),
    component: v.string(),
    class: v.string(),
    custom_details: record(v.string(), v.unknown()),
  }),
});

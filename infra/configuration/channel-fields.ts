import * as v from 'valibot';
import { strictObject } from '../../shared/contracts/typed-values.ts';
import { emails, field } from './field.ts';

/** SES takes at most 50 recipients a mail. */
const HTML_READERS_MAX = 50;
/** `Name <address>` or an address alone. */
const SENDER = /^([^<>@]{1,100} <[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+)$/;
/** Characters that Secrets Manager allows in names. */
const secretName = () => v.pipe(v.string(), v.regex(/^[\w/+=.@-]{1,512}$/, "not a secret's name"));

/** The digest as an HTML mail. */
export const htmlDigestFields = strictObject({
  from: field(
    v.optional(v.pipe(v.string(), v.regex(SENDER, 'not a sender'))),
    'Sender of the digest as an HTML mail by Amazon SES; its address or domain must be a verified identity there. Left out: no HTML mail.',
    'an e-mail address, or `Name <address>`',
  ),
  to: field(
    v.optional(v.pipe(emails(), v.maxLength(HTML_READERS_MAX)), []),
    'Who gets the HTML mail; name them here instead of in `emails`.',
    `a list of at most ${HTML_READERS_MAX} e-mail addresses`,
  ),
});

/** Where the night's news go besides mail. */
export const channelFields = strictObject({
  slackSecretName: field(
    v.optional(secretName()),
    'Secret (Secrets Manager, a plain string) that holds the URL of a Slack incoming webhook. Left out: no Slack.',
    'the name of a secret in the same account and region',
  ),
  pagerDutySecretName: field(
    v.optional(secretName()),
    'Secret (Secrets Manager, a plain string) that holds the integration key of a PagerDuty service (Events API v2). Left out: no PagerDuty.',
    'the name of a secret in the same account and region',
  ),
  linkInEvents: field(
    v.optional(v.boolean(), false),
    "Whether the event `Rightsizer Approvals Requested`, and so Slack, carries the approval page's link. Whoever reads the event can then decide.",
    '`true`, `false`',
  ),
});

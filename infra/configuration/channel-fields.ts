import * as z from 'zod/mini';
import { emails, field } from './field.ts';

/** SES takes at most 50 recipients a mail. */
const HTML_READERS_MAX = 50;
/** `Name <address>` or an address alone. */
const SENDER = /^([^<>@]{1,100} <[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+)$/;
/** Characters that Secrets Manager allows in names. */
const secretName = () => z.string().check(z.regex(/^[\w/+=.@-]{1,512}$/, "not a secret's name"));

/** The digest as an HTML mail. */
export const htmlDigestFields = z.strictObject({
  from: field(
    z.optional(z.string().check(z.regex(SENDER, 'not a sender'))),
    'Sender of the digest as an HTML mail by Amazon SES; its address or domain must be a verified identity there. Left out: no HTML mail.',
    'an e-mail address, or `Name <address>`',
  ),
  to: field(
    z._default(emails().check(z.maxLength(HTML_READERS_MAX)), []),
    'Who gets the HTML mail; name them here instead of in `emails`.',
    `a list of at most ${HTML_READERS_MAX} e-mail addresses`,
  ),
});

/** Where the night's news go besides mail. */
export const channelFields = z.strictObject({
  slackSecretName: field(
    z.optional(secretName()),
    'Secret (Secrets Manager, a plain string) that holds the URL of a Slack incoming webhook. Left out: no Slack.',
    'the name of a secret in the same account and region',
  ),
  pagerDutySecretName: field(
    z.optional(secretName()),
    'Secret (Secrets Manager, a plain string) that holds the integration key of a PagerDuty service (Events API v2). Left out: no PagerDuty.',
    'the name of a secret in the same account and region',
  ),
  linkInEvents: field(
    z._default(z.boolean(), false),
    "Whether the event `Rightsizer Approvals Requested`, and so Slack, carries the approval page's link. Whoever reads the event can then decide.",
    '`true`, `false`',
  ),
});

/** Stands in for `@aws-sdk/client-sesv2` in the bundles of a stage that mails no digest as HTML: 8 KiB of prepare-approvals. */
import { notConfigured } from './not-configured.ts';

export const SESv2Client = notConfigured('the digest as HTML');
export const SendEmailCommand = SESv2Client;

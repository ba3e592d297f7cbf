import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** Mails by Amazon SES to a fixed list of readers, each with plain text for programs that show no HTML. */
export interface HtmlMail {
  /** Answers the message id; throws what SES refuses (an identity that is not verified, a paused account). */
  send(mail: { subject: string; text: string; html: string }): Promise<string>;
}

const UTF_8 = 'UTF-8';

export function createHtmlMail(from: string, to: readonly string[]): HtmlMail {
  const client = createClient(SESv2Client);
  return {
    send: async ({ subject, text, html }) => {
      const input = {
        FromEmailAddress: from,
        Destination: { ToAddresses: [...to] },
        Content: {
          Simple: {
            Subject: { Data: subject, Charset: UTF_8 },
            Body: { Text: { Data: text, Charset: UTF_8 }, Html: { Data: html, Charset: UTF_8 } },
          },
        },
      };
      const { MessageId } = await callAws('ses:SendEmail', () => client.send(new SendEmailCommand(input)));
      return MessageId ?? '';
    },
  };
}

import { MessageRejected, type SendEmailCommandInput, type SendEmailCommandOutput } from '@aws-sdk/client-sesv2';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';

/** A mail as SES would have sent it. */
export interface SentMail {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly atMs: number;
}

/** SES: "The message may not include more than 50 recipients, across the To:, CC: and BCC: fields." */
const MOST_RECIPIENTS = 50;

/** Simple mails from verified identities; what was sent lies in `sent`. */
export class SesService implements Service {
  readonly name = 'SESv2';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly sent: SentMail[] = [];
  private readonly context: AccountContext;
  private readonly identities = new Set<string>();

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = { SendEmail: this.sendEmail() };
  }

  /** An address or a domain that the account has proved to own. */
  verifyIdentity(identity: string): void {
    this.identities.add(identity.toLowerCase());
  }

  private sendEmail(): Operation {
    return operation<SendEmailCommandInput, SendEmailCommandOutput>(
      ['FromEmailAddress', 'Destination', 'Content'],
      (input) => {
        const from = input.FromEmailAddress ?? '';
        const to = input.Destination?.ToAddresses ?? [];
        const simple = input.Content?.Simple;
        if (simple === undefined) throw new UnsupportedByAccountError('SESv2.SendEmail without simple content');
        if (!this.isVerified(from)) throw rejected(`Email address is not verified: ${from}`);
        if (to.length === 0 || to.length > MOST_RECIPIENTS) throw rejected(`Recipient count is ${to.length}`);
        const messageId = this.context.ids.uuid();
        this.sent.push({
          messageId,
          from,
          to: [...to],
          subject: simple.Subject?.Data ?? '',
          text: simple.Body?.Text?.Data,
          html: simple.Body?.Html?.Data,
          atMs: this.context.clock.now(),
        });
        return { MessageId: messageId };
      },
    );
  }

  /** The verified identity by which somebody sends: the address itself before its domain. */
  identityOf(from: string): string {
    const address = (/<([^>]+)>$/.exec(from)?.[1] ?? from).toLowerCase();
    const domain = address.slice(address.indexOf('@') + 1);
    return !this.identities.has(address) && this.identities.has(domain) ? domain : address;
  }

  private isVerified(from: string): boolean {
    return this.identities.has(this.identityOf(from));
  }
}

function rejected(message: string): Error {
  return new MessageRejected({ message, $metadata: { httpStatusCode: 400 } });
}

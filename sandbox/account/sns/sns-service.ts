import {
  type ConfirmSubscriptionCommandInput,
  type ConfirmSubscriptionCommandOutput,
  type CreateTopicCommandInput,
  type CreateTopicCommandOutput,
  type GetTopicAttributesCommandInput,
  type GetTopicAttributesCommandOutput,
  InvalidParameterException,
  type ListSubscriptionsByTopicCommandInput,
  type ListSubscriptionsByTopicCommandOutput,
  type MessageAttributeValue,
  NotFoundException,
  type PublishCommandInput,
  type PublishCommandOutput,
  type SubscribeCommandInput,
  type SubscribeCommandOutput,
} from '@aws-sdk/client-sns';
import { type AccountContext, arn } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';
import { RateLimit } from '../core/rate-limit.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';

/** A message as the account would have handed it to its subscribers. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly atMs: number;
  /** Confirmed subscribers at that time whom it reached. */
  readonly recipients: readonly { readonly protocol: string; readonly endpoint: string }[];
}

interface Subscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly token: string;
  readonly mails: RateLimit;
  isConfirmed: boolean;
  needsAuthenticationToUnsubscribe: boolean;
}

interface Topic {
  readonly arn: string;
  readonly attributes: Map<string, string>;
  readonly subscriptions: Subscription[];
}

const MOST_MESSAGE_BYTES = 262_144;
/** "Subjects must be UTF-8 text with no line breaks or control characters, and less than 100 characters long." */
const SUBJECT = /^\P{Cc}{1,99}$/u;
const SUBSCRIPTIONS_PER_PAGE = 100;
/** Messages that reach one subscription by mail in a second; AWS raises it for nobody (SNS quotas, 2026). */
const MAILS_PER_SECOND = 10;
/** Subscriptions by these protocols need no click. */
const CONFIRMED_AT_ONCE = new Set(['lambda', 'sqs', 'sms', 'firehose']);

/** Topics and subscriptions; what is published lies in `inbox`. Nothing is delivered anywhere: when a mail beyond the
 * rate would arrive nobody says, so it reaches nobody. */
export class SnsService implements Service {
  readonly name = 'SNS';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly inbox: PublishedMessage[] = [];
  private readonly context: AccountContext;
  private readonly topics = new Map<string, Topic>();
  private readonly listeners: ((message: PublishedMessage) => void)[] = [];

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = {
      CreateTopic: this.createTopic(),
      Subscribe: this.subscribe(),
      ConfirmSubscription: this.confirmSubscription(),
      GetTopicAttributes: this.getTopicAttributes(),
      ListSubscriptionsByTopic: this.listSubscriptions(),
      Publish: this.publish(),
    };
  }

  onMessage(listener: (message: PublishedMessage) => void): void {
    this.listeners.push(listener);
  }

  /** The token that a confirmation mail to this endpoint would carry. */
  confirmationToken(topicArn: string, endpoint: string): string | undefined {
    return this.topics.get(topicArn)?.subscriptions.find((subscription) => subscription.endpoint === endpoint)?.token;
  }

  /** Whether an unsubscribe link in a mail to this endpoint would be refused; undefined before it is confirmed. */
  needsCredentialsToUnsubscribe(topicArn: string, endpoint: string): boolean | undefined {
    const found = this.topics.get(topicArn)?.subscriptions.find((subscription) => subscription.endpoint === endpoint);
    return found?.isConfirmed ? found.needsAuthenticationToUnsubscribe : undefined;
  }

  private topic(topicArn: string | undefined): Topic {
    const topic = this.topics.get(topicArn ?? '');
    if (!topic) throw new NotFoundException({ message: 'Topic does not exist', $metadata: { httpStatusCode: 404 } });
    return topic;
  }

  private createTopic(): Operation {
    return operation<CreateTopicCommandInput, CreateTopicCommandOutput>(['Name', 'Attributes', 'Tags'], (input) => {
      const topicArn = arn(this.context, 'sns', input.Name!);
      if (!this.topics.has(topicArn)) {
        this.topics.set(topicArn, {
          arn: topicArn,
          attributes: new Map(Object.entries(input.Attributes ?? {})),
          subscriptions: [],
        });
      }
      return { TopicArn: topicArn };
    });
  }

  private subscribe(): Operation {
    return operation<SubscribeCommandInput, SubscribeCommandOutput>(
      ['TopicArn', 'Protocol', 'Endpoint', 'ReturnSubscriptionArn'],
      (input) => {
        const topic = this.topic(input.TopicArn);
        const isSame = (other: Subscription) => other.protocol === input.Protocol && other.endpoint === input.Endpoint;
        let subscription = topic.subscriptions.find(isSame);
        if (!subscription) {
          subscription = {
            arn: `${topic.arn}:${this.context.ids.uuid()}`,
            protocol: input.Protocol!,
            endpoint: input.Endpoint!,
            token: this.context.ids.token(64),
            mails: new RateLimit(() => this.context.clock.now(), MAILS_PER_SECOND * this.context.ratesLeft),
            isConfirmed: CONFIRMED_AT_ONCE.has(input.Protocol!),
            needsAuthenticationToUnsubscribe: false,
          };
          topic.subscriptions.push(subscription);
        }
        const showsArn = subscription.isConfirmed || input.ReturnSubscriptionArn;
        return { SubscriptionArn: showsArn ? subscription.arn : 'pending confirmation' };
      },
    );
  }

  private confirmSubscription(): Operation {
    return operation<ConfirmSubscriptionCommandInput, ConfirmSubscriptionCommandOutput>(
      ['TopicArn', 'Token', 'AuthenticateOnUnsubscribe'],
      (input) => {
        const subscription = this.topic(input.TopicArn).subscriptions.find(({ token }) => token === input.Token);
        if (!subscription) throw invalid('Invalid parameter: Token');
        subscription.isConfirmed = true;
        subscription.needsAuthenticationToUnsubscribe = input.AuthenticateOnUnsubscribe === 'true';
        return { SubscriptionArn: subscription.arn };
      },
    );
  }

  private getTopicAttributes(): Operation {
    return operation<GetTopicAttributesCommandInput, GetTopicAttributesCommandOutput>(['TopicArn'], (input) => {
      const topic = this.topic(input.TopicArn);
      const confirmed = topic.subscriptions.filter(({ isConfirmed }) => isConfirmed).length;
      return {
        Attributes: {
          ...Object.fromEntries(topic.attributes),
          TopicArn: topic.arn,
          Owner: this.context.accountId,
          SubscriptionsConfirmed: String(confirmed),
          SubscriptionsPending: String(topic.subscriptions.length - confirmed),
          SubscriptionsDeleted: '0',
        },
      };
    });
  }

  private listSubscriptions(): Operation {
    return operation<ListSubscriptionsByTopicCommandInput, ListSubscriptionsByTopicCommandOutput>(
      ['TopicArn', 'NextToken'],
      (input) => {
        const topic = this.topic(input.TopicArn);
        const sorted = sortByKey(topic.subscriptions, (subscription) => subscription.arn);
        const page = cutPage(sorted, (subscription) => subscription.arn, SUBSCRIPTIONS_PER_PAGE, input.NextToken);
        if (!page) throw invalid('Invalid parameter: NextToken');
        const Subscriptions = page.items.map(({ arn: subscriptionArn, protocol, endpoint, isConfirmed }) => ({
          SubscriptionArn: isConfirmed ? subscriptionArn : 'PendingConfirmation',
          Owner: this.context.accountId,
          Protocol: protocol,
          Endpoint: endpoint,
          TopicArn: topic.arn,
        }));
        return { Subscriptions, NextToken: page.next };
      },
    );
  }

  private publish(): Operation {
    return operation<PublishCommandInput, PublishCommandOutput>(
      ['TopicArn', 'TargetArn', 'Message', 'Subject', 'MessageAttributes'],
      (input) => {
        const topic = this.topic(input.TopicArn ?? input.TargetArn);
        const attributes = Object.entries(input.MessageAttributes ?? {}).map(attributeText);
        checkMessage(input, attributes);
        const message: PublishedMessage = {
          topicArn: topic.arn,
          messageId: this.context.ids.uuid(),
          subject: input.Subject,
          message: input.Message!,
          attributes: Object.fromEntries(attributes),
          atMs: this.context.clock.now(),
          recipients: topic.subscriptions
            .filter(({ isConfirmed, protocol, mails }) => isConfirmed && (protocol !== 'email' || mails.tryTake()))
            .map(({ protocol, endpoint }) => ({ protocol, endpoint })),
        };
        this.inbox.push(message);
        for (const listener of this.listeners) listener(message);
        return { MessageId: message.messageId };
      },
    );
  }
}

function attributeText([name, value]: [string, MessageAttributeValue]): [name: string, text: string] {
  if (value.StringValue === undefined)
    throw new UnsupportedByAccountError('SNS message attributes that are not strings');
  return [name, value.StringValue];
}

/** Attribute names and values count towards the 256 KiB. */
function checkMessage(input: PublishCommandInput, attributes: readonly (readonly [string, string])[]): void {
  if (!input.Message) throw invalid('Invalid parameter: Empty message');
  const bytes = attributes.reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    Buffer.byteLength(input.Message),
  );
  if (bytes > MOST_MESSAGE_BYTES) throw invalid('Invalid parameter: Message too long');
  if (input.Subject !== undefined && !SUBJECT.test(input.Subject)) throw invalid('Invalid parameter: Subject');
}

function invalid(message: string): Error {
  return new InvalidParameterException({ message, $metadata: { httpStatusCode: 400 } });
}

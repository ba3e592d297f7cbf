import {
  type GetQueueAttributesCommandInput,
  type GetQueueAttributesCommandOutput,
  type GetQueueUrlCommandInput,
  type GetQueueUrlCommandOutput,
  QueueDoesNotExist,
} from '@aws-sdk/client-sqs';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';

/** Queues as the account's owner made them (`addQueue`); messages are not simulated. */
export class SqsService implements Service {
  readonly name = 'SQS';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly context: AccountContext;
  private readonly visibilityTimeouts = new Map<string, number>();

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = { GetQueueUrl: this.getQueueUrl(), GetQueueAttributes: this.getQueueAttributes() };
  }

  /** @param visibilityTimeoutSeconds SQS's default is 30 */
  addQueue(name: string, visibilityTimeoutSeconds = 30): void {
    this.visibilityTimeouts.set(this.urlOf(name), visibilityTimeoutSeconds);
  }

  private getQueueUrl(): Operation {
    return operation<GetQueueUrlCommandInput, GetQueueUrlCommandOutput>(
      ['QueueName', 'QueueOwnerAWSAccountId'],
      ({ QueueName: name = '', QueueOwnerAWSAccountId: owner = this.context.accountId }) => {
        const url = this.urlOf(name);
        if (owner !== this.context.accountId || !this.visibilityTimeouts.has(url)) throw doesNotExist();
        return { QueueUrl: url };
      },
    );
  }

  private getQueueAttributes(): Operation {
    return operation<GetQueueAttributesCommandInput, GetQueueAttributesCommandOutput>(
      ['QueueUrl', 'AttributeNames'],
      ({ QueueUrl: url = '', AttributeNames: names = [] }) => {
        const seconds = this.visibilityTimeouts.get(url);
        if (seconds === undefined) throw doesNotExist();
        return names.includes('VisibilityTimeout') ? { Attributes: { VisibilityTimeout: String(seconds) } } : {};
      },
    );
  }

  private urlOf(name: string): string {
    const { region, accountId } = this.context;
    return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
  }
}

const doesNotExist = (): Error =>
  new QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata: { httpStatusCode: 400 } });

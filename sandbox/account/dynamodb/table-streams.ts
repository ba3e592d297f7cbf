import type { AccountContext } from '../core/account-context.ts';
import { copy } from '../core/copy.ts';
import { sameItem } from './same-item.ts';
import type { Item } from './tables.ts';
import { onWire } from './wire-form.ts';

/** A record as Lambda receives it from a stream of NEW_AND_OLD_IMAGES. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: 'NEW_AND_OLD_IMAGES';
  };
}

export interface StreamEvent {
  readonly Records: readonly StreamRecord[];
}

/** What an event source mapping does with what it reads. */
export interface SubscriptionOptions {
  /** @default 100 */
  readonly batchSize?: number;
  /** Retries of a failed batch before it is given up. @default unlimited, until the records are a day old */
  readonly maximumRetryAttempts?: number;
  /** Which records it hands on, told without changing them. @default all */
  readonly isWanted?: (record: StreamRecord) => boolean;
}

/** May throw (the whole batch is retried) or name the records to retry from, as with ReportBatchItemFailures. */
export type StreamConsumer = (event: StreamEvent) => unknown;

/** Lambda polls a stream's shard four times a second. */
const POLL_MS = 250;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** Streams keep records for a day. */
const RECORD_LIFE_MS = 86_400_000;

class Subscription {
  readonly givenUp: StreamRecord[] = [];
  private readonly context: AccountContext;
  private readonly consume: StreamConsumer;
  private readonly options: SubscriptionOptions;
  private pending: StreamRecord[] = [];
  private isScheduled = false;
  private failures = 0;

  constructor(context: AccountContext, consume: StreamConsumer, options: SubscriptionOptions) {
    this.context = context;
    this.consume = consume;
    this.options = options;
  }

  add(records: readonly StreamRecord[]): void {
    this.pending.push(...records);
    this.scheduleIn(POLL_MS);
  }

  private scheduleIn(ms: number): void {
    if (this.isScheduled || this.pending.length === 0) return;
    this.isScheduled = true;
    this.context.clock.schedule(this.context.clock.now() + ms, () => this.deliver());
  }

  /** One batch at a time, in order: a failing one holds back those behind it. */
  private async deliver(): Promise<void> {
    const batch = this.pending.slice(0, this.options.batchSize ?? 100);
    const done = await this.handled(batch);
    this.isScheduled = false;
    this.pending.splice(0, done);
    if (done === batch.length) {
      this.failures = 0;
      this.scheduleIn(0);
      return;
    }
    this.failures = done > 0 ? 1 : this.failures + 1;
    this.giveUpIfHopeless(batch.length - done);
    this.scheduleIn(Math.min(FIRST_RETRY_MS * 2 ** (this.failures - 1), LONGEST_RETRY_MS));
  }

  /** How many of the batch's first records are done. */
  private async handled(batch: readonly StreamRecord[]): Promise<number> {
    try {
      const wanted = this.options.isWanted ? batch.filter(this.options.isWanted) : batch;
      if (wanted.length === 0) return batch.length;
      const answer = (await this.consume({ Records: copy(wanted) })) as
        | { batchItemFailures?: readonly { itemIdentifier: string }[] }
        | undefined;
      const failed = new Set((answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
      const first = batch.findIndex((record) => failed.has(record.dynamodb.SequenceNumber));
      return first === -1 ? batch.length : first;
    } catch {
      return 0;
    }
  }

  private giveUpIfHopeless(left: number): void {
    const attempts = this.options.maximumRetryAttempts ?? Infinity;
    const oldest = this.pending[0]!.dynamodb.ApproximateCreationDateTime * 1000;
    const isTooOld = this.context.clock.now() - oldest > RECORD_LIFE_MS;
    if (this.failures <= attempts && !isTooOld) return;
    this.givenUp.push(...this.pending.splice(0, left));
    this.failures = 1;
  }
}

/** Change records of tables, for those who subscribe; delivered in virtual time. */
export class TableStreams {
  private readonly context: AccountContext;
  private readonly subscriptions = new Map<string, Subscription[]>();
  private sequence = 0;

  constructor(context: AccountContext) {
    this.context = context;
  }

  /** The result lists the records that were given up. */
  subscribe(
    tableName: string,
    consume: StreamConsumer,
    options: SubscriptionOptions = {},
  ): { readonly givenUp: readonly StreamRecord[] } {
    const subscription = new Subscription(this.context, consume, options);
    const list = this.subscriptions.get(tableName);
    if (list) list.push(subscription);
    else this.subscriptions.set(tableName, [subscription]);
    return subscription;
  }

  hasSubscribers(tableName: string): boolean {
    return this.subscriptions.has(tableName);
  }

  /** Images as they travel; they are not copied. A write that leaves the item as it was makes no record. */
  emit(tableName: string, key: Item, OldImage: Item | undefined, NewImage: Item | undefined): void {
    if (sameItem(OldImage, NewImage)) return;
    const Keys = onWire(key);
    const SequenceNumber = String(++this.sequence).padStart(21, '0');
    const record: StreamRecord = {
      eventID: this.context.ids.token(32),
      eventName: OldImage === undefined ? 'INSERT' : NewImage === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.context.region,
      eventSourceARN: `arn:aws:dynamodb:${this.context.region}:${this.context.accountId}:table/${tableName}/stream/2026-01-01T00:00:00.000`,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(this.context.clock.now() / 1000),
        Keys,
        ...(NewImage === undefined ? {} : { NewImage }),
        ...(OldImage === undefined ? {} : { OldImage }),
        SequenceNumber,
        // Reckoned where a record is copied for a consumer: most are written for nobody.
        get SizeBytes() {
          return JSON.stringify([Keys, OldImage, NewImage]).length;
        },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    };
    for (const subscription of this.subscriptions.get(tableName) ?? []) subscription.add([record]);
  }
}

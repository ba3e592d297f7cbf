import {
  EventBridgeServiceException,
  type ListRulesCommandInput,
  type ListRulesCommandOutput,
  type PutEventsCommandInput,
  type PutEventsCommandOutput,
  type PutEventsRequestEntry,
  type PutRuleCommandInput,
  type PutRuleCommandOutput,
  type PutTargetsCommandInput,
  type PutTargetsCommandOutput,
  ResourceNotFoundException,
  type Rule,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { type AccountContext, arn } from '../core/account-context.ts';
import { copy } from '../core/copy.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';

/** An event as a bus would carry it. */
export interface BusEvent {
  readonly id: string;
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources: readonly string[];
  readonly atMs: number;
}

const MOST_ENTRIES = 10;
const MOST_BYTES = 262_144;
const RULES_PER_PAGE = 100;

/** Events are kept in `events`; rules and targets are stored, and no rule is matched. */
export class EventBridgeService implements Service {
  readonly name = 'EventBridge';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly events: BusEvent[] = [];
  private readonly context: AccountContext;
  private readonly rules = new Map<string, Rule & { readonly targets: Map<string, Target> }>();
  private readonly listeners: ((event: BusEvent) => void)[] = [];

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = {
      PutEvents: this.putEvents(),
      PutRule: this.putRule(),
      PutTargets: this.putTargets(),
      ListRules: this.listRules(),
    };
  }

  onEvent(listener: (event: BusEvent) => void): void {
    this.listeners.push(listener);
  }

  private putEvents(): Operation {
    return operation<PutEventsCommandInput, PutEventsCommandOutput>(['Entries'], (input) => {
      const entries = input.Entries ?? [];
      if (entries.length === 0 || entries.length > MOST_ENTRIES)
        throw validation(`between 1 and ${MOST_ENTRIES} entries are allowed, got ${entries.length}`);
      const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
      if (bytes > MOST_BYTES)
        throw validation(`Total size of the entries in the request is over the limit: ${bytes} > ${MOST_BYTES}`);
      const results = entries.map((entry) => this.accept(entry));
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    });
  }

  private accept(entry: PutEventsRequestEntry) {
    if (!entry.Source)
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
      };
    if (entry.Source.startsWith('aws.'))
      return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
    if (!entry.DetailType)
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
      };
    const detail = parseDetail(entry.Detail);
    if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const event: BusEvent = {
      id: this.context.ids.uuid(),
      bus: entry.EventBusName ?? 'default',
      source: entry.Source,
      detailType: entry.DetailType,
      detail,
      resources: entry.Resources ?? [],
      atMs: entry.Time?.getTime() ?? this.context.clock.now(),
    };
    this.events.push(event);
    for (const listener of this.listeners) listener(event);
    return { EventId: event.id };
  }

  private putRule(): Operation {
    return operation<PutRuleCommandInput, PutRuleCommandOutput>(
      ['Name', 'ScheduleExpression', 'EventPattern', 'State', 'Description', 'EventBusName', 'RoleArn', 'Tags'],
      (input) => {
        const { Tags: _tags, ...settings } = input;
        const ruleArn = arn(this.context, 'events', `rule/${input.Name}`);
        const targets = this.rules.get(input.Name!)?.targets ?? new Map<string, Target>();
        this.rules.set(input.Name!, {
          State: 'ENABLED',
          EventBusName: 'default',
          ...copy(settings),
          Arn: ruleArn,
          targets,
        });
        return { RuleArn: ruleArn };
      },
    );
  }

  private putTargets(): Operation {
    return operation<PutTargetsCommandInput, PutTargetsCommandOutput>(['Rule', 'EventBusName', 'Targets'], (input) => {
      const rule = this.rules.get(input.Rule!);
      if (!rule)
        throw new ResourceNotFoundException({
          message: `Rule ${input.Rule} does not exist on EventBus default.`,
          $metadata: { httpStatusCode: 400 },
        });
      for (const target of input.Targets ?? []) rule.targets.set(target.Id!, copy(target));
      return { FailedEntryCount: 0, FailedEntries: [] };
    });
  }

  private listRules(): Operation {
    return operation<ListRulesCommandInput, ListRulesCommandOutput>(
      ['NamePrefix', 'EventBusName', 'NextToken', 'Limit'],
      (input) => {
        const sorted = sortByKey(this.rules.values(), (rule) => rule.Name!).filter((rule) =>
          rule.Name!.startsWith(input.NamePrefix ?? ''),
        );
        const page = cutPage(
          sorted,
          (rule) => rule.Name!,
          Math.min(input.Limit ?? RULES_PER_PAGE, RULES_PER_PAGE),
          input.NextToken,
        );
        if (!page) throw validation('Invalid nextToken');
        return {
          Rules: page.items.map(({ targets: _targets, ...rule }) => copy(rule)),
          NextToken: page.next,
        };
      },
    );
  }
}

/** As the user guide counts an entry: 14 bytes for a time, then source, detail type, detail and resources. */
function entryBytes(entry: PutEventsRequestEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), entry.Time ? 14 : 0);
}

function parseDetail(detail: string | undefined): unknown {
  try {
    const parsed: unknown = JSON.parse(detail ?? '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function validation(message: string): Error {
  return new EventBridgeServiceException({
    name: 'ValidationException',
    $fault: 'client',
    message,
    $metadata: { httpStatusCode: 400 },
  });
}

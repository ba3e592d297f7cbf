import {
  ConflictException,
  type CreateScheduleCommandInput,
  type CreateScheduleCommandOutput,
  type DeleteScheduleCommandInput,
  type DeleteScheduleCommandOutput,
  type GetScheduleCommandInput,
  type GetScheduleCommandOutput,
  type ListSchedulesCommandInput,
  type ListSchedulesCommandOutput,
  ResourceNotFoundException,
  type UpdateScheduleCommandInput,
  type UpdateScheduleCommandOutput,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { type AccountContext, arn } from '../core/account-context.ts';
import { copy } from '../core/copy.ts';
import { type Bare, type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';

type Schedule = Bare<GetScheduleCommandOutput>;

const FIELDS = [
  'Name',
  'GroupName',
  'ScheduleExpression',
  'StartDate',
  'EndDate',
  'Description',
  'ScheduleExpressionTimezone',
  'State',
  'Target',
  'FlexibleTimeWindow',
  'ClientToken',
  'ActionAfterCompletion',
] as const;
const EXPRESSION = /^(rate\(\d+ (minute|hour|day)s?\)|cron\([^)]+\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/;
const SCHEDULES_PER_PAGE = 100;

/** Stored schedules; nothing fires by itself, `all` tells whoever drives the demo what to start. */
export class SchedulerService implements Service {
  readonly name = 'Scheduler';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly context: AccountContext;
  private readonly schedules = new Map<string, Schedule>();

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = {
      CreateSchedule: operation<CreateScheduleCommandInput, CreateScheduleCommandOutput>(FIELDS, (input) => {
        if (this.schedules.has(keyOf(input))) {
          throw new ConflictException({
            message: `Schedule ${input.Name} already exists.`,
            Message: `Schedule ${input.Name} already exists.`,
            $metadata: { httpStatusCode: 409 },
          });
        }
        return this.store(input, this.context.clock.now());
      }),
      UpdateSchedule: operation<UpdateScheduleCommandInput, UpdateScheduleCommandOutput>(FIELDS, (input) =>
        this.store(input, this.find(input).CreationDate!.getTime()),
      ),
      GetSchedule: operation<GetScheduleCommandInput, GetScheduleCommandOutput>(['Name', 'GroupName'], (input) =>
        copy(this.find(input)),
      ),
      DeleteSchedule: operation<DeleteScheduleCommandInput, DeleteScheduleCommandOutput>(
        ['Name', 'GroupName', 'ClientToken'],
        (input) => {
          this.find(input);
          this.schedules.delete(keyOf(input));
          return {};
        },
      ),
      ListSchedules: this.listSchedules(),
    };
  }

  all(): Schedule[] {
    return copy(sortByKey(this.schedules.values(), keyOf));
  }

  private find(input: { Name?: string | undefined; GroupName?: string | undefined }): Schedule {
    const schedule = this.schedules.get(keyOf(input));
    const message = `Schedule ${input.Name} does not exist.`;
    if (!schedule)
      throw new ResourceNotFoundException({ message, Message: message, $metadata: { httpStatusCode: 404 } });
    return schedule;
  }

  private store(input: CreateScheduleCommandInput | UpdateScheduleCommandInput, createdAtMs: number) {
    if (!EXPRESSION.test(input.ScheduleExpression ?? '')) {
      const message = `Invalid Schedule Expression ${input.ScheduleExpression}.`;
      throw new ValidationException({ message, Message: message, $metadata: { httpStatusCode: 400 } });
    }
    const { ClientToken: _token, ...settings } = copy(input);
    const GroupName = input.GroupName ?? 'default';
    const Arn = arn(this.context, 'scheduler', `schedule/${GroupName}/${input.Name}`);
    this.schedules.set(keyOf(input), {
      State: 'ENABLED',
      ScheduleExpressionTimezone: 'UTC',
      ActionAfterCompletion: 'NONE',
      ...settings,
      GroupName,
      Arn,
      CreationDate: new Date(createdAtMs),
      LastModificationDate: new Date(this.context.clock.now()),
    });
    return { ScheduleArn: Arn };
  }

  private listSchedules(): Operation {
    return operation<ListSchedulesCommandInput, ListSchedulesCommandOutput>(
      ['GroupName', 'NamePrefix', 'State', 'NextToken', 'MaxResults'],
      (input) => {
        const wanted = sortByKey(this.schedules.values(), keyOf).filter(
          (schedule) =>
            (input.GroupName === undefined || schedule.GroupName === input.GroupName) &&
            (input.State === undefined || schedule.State === input.State) &&
            schedule.Name!.startsWith(input.NamePrefix ?? ''),
        );
        const page = cutPage(
          wanted,
          keyOf,
          Math.min(input.MaxResults ?? SCHEDULES_PER_PAGE, SCHEDULES_PER_PAGE),
          input.NextToken,
        );
        if (!page)
          throw new ValidationException({
            message: 'Invalid NextToken',
            Message: 'Invalid NextToken',
            $metadata: { httpStatusCode: 400 },
          });
        const Schedules = page.items.map(
          ({ Name, GroupName, Arn, State, CreationDate, LastModificationDate, Target }) => ({
            Name,
            GroupName,
            Arn,
            State,
            CreationDate,
            LastModificationDate,
            Target: { Arn: Target?.Arn },
          }),
        );
        return { Schedules, NextToken: page.next };
      },
    );
  }
}

function keyOf(schedule: { Name?: string | undefined; GroupName?: string | undefined }): string {
  return `${schedule.GroupName ?? 'default'}/${schedule.Name}`;
}

import * as v from 'valibot';
import { DEFAULT_AUTO_SCALING } from '../../shared/contracts/auto-scaling.ts';
import { DEFAULT_COLD_START } from '../../shared/contracts/cold-start.ts';
import { finiteNumber, strictObject } from '../../shared/contracts/typed-values.ts';

/** Adds a field's documentation beside its schema. */
type Field = <Schema extends v.GenericSchema>(schema: Schema, description: string, allowed: string) => Schema;

const between = (minimum: number, maximum: number) => v.pipe(finiteNumber, v.minValue(minimum), v.maxValue(maximum));
const wholeBetween = (minimum: number, maximum: number) => v.pipe(between(minimum, maximum), v.safeInteger());

/** Largest concurrency that AWS raises an account to without asking what for. */
const CONCURRENCY_MAX = 100_000;
const LOOKBACK_MAX_DAYS = 63;

/** What ConfigureAutoScaling goes by. Defaults are those of the library (shared/auto-scaling). */
export function autoScalingFields(field: Field) {
  const defaults = DEFAULT_AUTO_SCALING;
  const concurrency = (value: number) => v.optional(wholeBetween(1, CONCURRENCY_MAX), value);
  const someExecutions = 'whole number, 1 to 100,000';
  return strictObject({
    criticalConcurrency: field(
      concurrency(defaults.criticalConcurrency),
      'Reserved executions of a function tagged `rightsizer:auto-scaling` and of class `critical`.',
      someExecutions,
    ),
    standardConcurrency: field(
      concurrency(defaults.standardConcurrency),
      'Reserved executions of every other function tagged `rightsizer:auto-scaling`; a number as the tag’s value overrides both.',
      someExecutions,
    ),
    minimumUnreserved: field(
      v.optional(wholeBetween(100, CONCURRENCY_MAX), defaults.minimumUnreserved),
      'Executions that must stay unreserved for all other functions.',
      'whole number, 100 to 100,000',
    ),
    concurrencyHeadroom: field(
      v.optional(between(0, 5), defaults.concurrencyHeadroom),
      'Reserved above the most executions ever seen at once, as a share of them.',
      '0 to 5',
    ),
    lookbackDays: field(
      v.optional(wholeBetween(1, LOOKBACK_MAX_DAYS), defaults.lookbackDays),
      'Days of metrics in which that most is looked for.',
      `whole number, 1 to ${LOOKBACK_MAX_DAYS}`,
    ),
    tables: field(
      v.optional(v.picklist(['tagged', 'all']), defaults.tables),
      'Which provisioned DynamoDB tables are scaled: those tagged `rightsizer:auto-scaling`, or every one that is not excluded.',
      '`tagged`, `all`',
    ),
    tableTargetPercent: field(
      v.optional(between(20, 90), defaults.tableTargetPercent),
      'Share of a table’s capacity that should be in use, in percent.',
      '20 to 90',
    ),
    tableMinimumShare: field(
      v.optional(between(0.01, 1), defaults.tableMinimumShare),
      'Least capacity, as a share of what was provisioned when scaling was configured.',
      '0.01 to 1',
    ),
    tableMaximumFactor: field(
      v.optional(between(1, 1_000), defaults.tableMaximumFactor),
      'Most capacity, as a multiple of it.',
      '1 to 1,000',
    ),
    provisionedTargetPercent: field(
      v.optional(between(10, 90), defaults.provisionedTargetPercent),
      'Share of provisioned concurrency that should be in use at the busiest, in percent.',
      '10 to 90',
    ),
    provisionedMaximumFactor: field(
      v.optional(between(1, 100), defaults.provisionedMaximumFactor),
      'Most provisioned concurrency, as a multiple of what was configured.',
      '1 to 100',
    ),
  });
}

/** What ApplyColdStartMitigation goes by. Defaults are those of the library (shared/cold-start-mitigation). */
export function coldStartFields(field: Field) {
  const defaults = DEFAULT_COLD_START;
  return strictObject({
    mode: field(
      v.optional(v.picklist(['classes', 'measured']), defaults.mode),
      'What decides on a function’s strategy: the class in its tag `rightsizer:class`, or the cheapest that keeps the wanted p99.',
      '`classes`, `measured`',
    ),
    wantedP99Ms: field(
      v.optional(between(1, 900_000), defaults.wantedP99Ms),
      'For `measured`: slowest p99 in milliseconds that is still good; the tag `rightsizer:wanted-p99-ms` overrides it.',
      '1 to 900,000',
    ),
    warmUpEveryMinutes: field(
      v.optional(wholeBetween(1, 60), defaults.warmUpEveryMinutes),
      'Minutes between warm-up calls.',
      'whole number, 1 to 60',
    ),
    maximumEnvironments: field(
      v.optional(wholeBetween(1, 100), defaults.maximumEnvironments),
      'Most environments kept warm or provisioned for one function.',
      'whole number, 1 to 100',
    ),
    coverage: field(
      v.optional(between(0.01, 1), defaults.coverage),
      'Share of a function’s invocations that environments kept ready should be able to take.',
      '0.01 to 1',
    ),
    provisionedBudgetUsdPerMonth: field(
      v.optional(between(0, 1_000_000), defaults.provisionedBudgetUsdPerMonth),
      'Most that provisioned concurrency set by Rightsizer may cost a month, all functions together.',
      '0 to 1,000,000',
    ),
    lookbackDays: field(
      v.optional(wholeBetween(1, LOOKBACK_MAX_DAYS), defaults.lookbackDays),
      'Days of metrics and report lines that traffic and cold starts are looked for in.',
      `whole number, 1 to ${LOOKBACK_MAX_DAYS}`,
    ),
  });
}

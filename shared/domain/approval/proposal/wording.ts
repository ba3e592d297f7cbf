import type { Assessment, FunctionConfiguration } from '../../../contracts/assessment.ts';
import type { Identity } from '../../../contracts/decision.ts';
import type { CoveredSteps } from '../../../contracts/ledger.ts';
import type { PredictedChange } from './predicted-change.ts';

/** How figures are said, alike in mail and on the page. ASCII only, since a mail's subject must be. */

/** From here on cents are noise in an estimate. */
const WHOLE_DOLLARS_FROM = 1_000;

/** `$12.35`, `-$3.10`, `$1,235`. */
export function usd(amount: number): string {
  const size = Math.abs(amount);
  const figures = size >= WHOLE_DOLLARS_FROM ? count(size) : size.toFixed(2);
  return `${amount < 0 && figures !== '0.00' ? '-' : ''}$${figures}`;
}

/** `1,204`; rounded to a whole number. */
export const count = (amount: number): string => String(Math.round(amount)).replace(THOUSANDS, ',');

/** Between two digits, with threes of them up to the end. Not by `Intl`, see calendar-date.ts. */
const THOUSANDS = /\B(?=(?:\d{3})+$)/g;

/** `1 change`, `1,204 changes`. */
export const counted = (amount: number, singular: string, plural = `${singular}s`): string =>
  `${count(amount)} ${amount === 1 ? singular : plural}`;

export const megabytes = (memorySizeMb: number): string => `${count(memorySizeMb)} MB`;

/** Three significant digits, in ms below a second and in s from there on. */
export function duration(durationMs: number): string {
  return durationMs < 999.5 ? `${threeDigits(durationMs)} ms` : `${threeDigits(durationMs / 1_000)} s`;
}

const threeDigits = (value: number): string => String(Number(value.toPrecision(3)));

/** `+4%`, `-12%`, `0%`. */
export function percentChange(share: number): string {
  const percent = Math.round(share * 100);
  return `${percent > 0 ? '+' : ''}${percent === 0 ? 0 : percent}%`;
}

/** `-2% (-6% to +4%)`. */
export const changeWithInterval = (change: PredictedChange): string =>
  `${percentChange(change.share)} (${percentChange(change.lowerShare)} to ${percentChange(change.upperShare)})`;

/** `memory 1,024 -> 512 MB, timeout 30 -> 60 s`; only what changes. */
export function configurationChange(before: FunctionConfiguration, after: FunctionConfiguration): string {
  const parts = [];
  if (before.memorySizeMb !== after.memorySizeMb) {
    parts.push(`memory ${count(before.memorySizeMb)} -> ${megabytes(after.memorySizeMb)}`);
  }
  if (before.timeoutSeconds !== after.timeoutSeconds) {
    parts.push(`timeout ${count(before.timeoutSeconds)} -> ${count(after.timeoutSeconds)} s`);
  }
  return parts.join(', ');
}

/** `further steps between 256 and 1,024 MB, and a timeout of up to 120 s, until 2026-12-12`; the day is UTC's. */
export function furtherSteps(covers: CoveredSteps): string {
  const { leastMemorySizeMb, mostMemorySizeMb, mostTimeoutSeconds, until } = covers;
  const timeout = mostTimeoutSeconds === undefined ? '' : `, and a timeout of up to ${mostTimeoutSeconds} s,`;
  const sizes = `${count(leastMemorySizeMb)} and ${megabytes(mostMemorySizeMb)}`;
  return `further steps between ${sizes}${timeout} until ${until.slice(0, 10)}`;
}

/** Who stands behind a decision, in a table's column. */
export const deciderOf = ({ kind, name }: Identity): string =>
  kind === 'consent' ? `${name}, by an earlier approval` : name;

export const RISKS = ['VeryLow', 'Low', 'Medium', 'High'] as const satisfies readonly Assessment['risk'][];

const RISK_WORDS: Record<Assessment['risk'], string> = {
  VeryLow: 'very low',
  Low: 'low',
  Medium: 'medium',
  High: 'high',
};
export const riskWords = (risk: Assessment['risk']): string => RISK_WORDS[risk];

const formats = new Map<string, Intl.DateTimeFormat>();

/** `Mon, 23 Nov 2026, 18:00 CET`: an instant as a clock on the wall of `timeZone` shows it. */
export function instant(at: string | number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
      timeZoneName: 'short',
    });
    formats.set(timeZone, format);
  }
  return format.format(new Date(at));
}

/** `9 h 40 min`; rounded down to minutes. */
export function timeSpan(spanMs: number): string {
  const minutes = Math.max(0, Math.floor(spanMs / 60_000));
  const hours = Math.floor(minutes / 60);
  const parts = [hours > 0 ? `${hours} h` : '', minutes % 60 > 0 || hours === 0 ? `${minutes % 60} min` : ''];
  return parts.filter((part) => part !== '').join(' ');
}

const TOOL_NAMES: Record<string, string> = {
  cdk: 'CDK',
  sam: 'SAM',
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
};

/** The owning tool's name as people write it; undefined for `unknown` and whatever else is none. */
export const toolName = (tool: string): string | undefined => TOOL_NAMES[tool];

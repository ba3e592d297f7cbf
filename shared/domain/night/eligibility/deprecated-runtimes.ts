/**
 * The first day on which Lambda refuses to update functions of a runtime ("Block function update"), with an
 * InvalidParameterValueException. Until 2026-11 AWS had postponed the date of everything deprecated after mid-2023
 * to 2027-03-03; `postponed` is what AWS said last, so look again before then.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated (read 2026-07 to 2026-11)
 */
const POSTPONED = '2027-03-03';

const UPDATES_BLOCKED_FROM: Readonly<Record<string, string>> = {
  nodejs: '2016-10-31',
  'nodejs4.3': '2020-03-05',
  'nodejs4.3-edge': '2019-04-30',
  'nodejs6.10': '2019-08-12',
  'nodejs8.10': '2020-03-06',
  'nodejs10.x': '2022-02-14',
  'nodejs12.x': '2023-04-30',
  'python2.7': '2022-05-30',
  'python3.6': '2022-08-29',
  'ruby2.5': '2022-03-31',
  'dotnetcore1.0': '2019-07-30',
  'dotnetcore2.0': '2019-05-30',
  'dotnetcore2.1': '2022-04-13',
  'dotnetcore3.1': '2023-05-03',
  'nodejs14.x': POSTPONED,
  'nodejs16.x': POSTPONED,
  'nodejs18.x': POSTPONED,
  'nodejs20.x': POSTPONED,
  'python3.7': POSTPONED,
  'python3.8': POSTPONED,
  'python3.9': POSTPONED,
  'ruby2.7': POSTPONED,
  java8: POSTPONED,
  'go1.x': POSTPONED,
  provided: POSTPONED,
  dotnet6: POSTPONED,
  dotnet8: POSTPONED,
};

/** The ISO date from which Lambda blocks updates of the runtime, if that day has come; images have no such date. */
export function updatesBlockedSince(runtime: string | undefined, now: Date): string | undefined {
  const from = runtime === undefined ? undefined : UPDATES_BLOCKED_FROM[runtime];
  return from !== undefined && now.toISOString().slice(0, 10) >= from ? from : undefined;
}

import type { StageConfiguration } from './fields.ts';
import { nightGaps } from './night-gaps.ts';
import { organizationChecks } from './organization-checks.ts';

/** A night of 10,000 functions is assessed, and the approved changes applied, well inside an hour. */
const ASSESSMENT_ALLOWANCE_HOURS = 1;
/** Verification ends half an hour before the next night starts, so that runs never overlap. */
const SETTLE_MARGIN_HOURS = 0.5;

/**
 * Rules that join fields, as a list of problems. Fields that are wrong by themselves are absent and their rules are
 * left out, so that one mistake is reported once.
 */
export function crossCheck(configuration: Partial<StageConfiguration>, now: Date): string[] {
  return [
    ...memoryRange(configuration),
    ...nightFits(configuration, now),
    ...autoApproval(configuration),
    ...htmlDigest(configuration),
    ...signIn(configuration),
    ...place(configuration),
    ...organizationChecks(configuration),
  ];
}

function memoryRange({ policy }: Partial<StageConfiguration>): string[] {
  if (policy === undefined || policy.minimumMemorySizeMb <= policy.maximumMemorySizeMb) return [];
  return [
    `policy.minimumMemorySizeMb: given ${policy.minimumMemorySizeMb}, allowed is at most policy.maximumMemorySizeMb (${policy.maximumMemorySizeMb})`,
  ];
}

/** Lambda gives all environment variables of a function 4 KB; the other settings take less than one. */
const RULES_MAX_BYTES = 2_000;

function autoApproval({ approvalMode, autoApprovalRules }: Partial<StageConfiguration>): string[] {
  if (autoApprovalRules === undefined) return [];
  const bytes = Buffer.byteLength(JSON.stringify(autoApprovalRules));
  const names = autoApprovalRules.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  return [
    ...(approvalMode === 'policy' && names.length === 0
      ? ['approvalMode: given "policy", allowed with at least one of autoApprovalRules']
      : []),
    ...(twice === undefined ? [] : [`autoApprovalRules: given two rules named "${twice}", allowed is each name once`]),
    ...(bytes > RULES_MAX_BYTES
      ? [`autoApprovalRules: given ${bytes} bytes as JSON, allowed are ${RULES_MAX_BYTES}`]
      : []),
  ];
}

function htmlDigest({ htmlDigest }: Partial<StageConfiguration>): string[] {
  if (htmlDigest === undefined || (htmlDigest.from === undefined) === (htmlDigest.to.length === 0)) return [];
  return ['htmlDigest: given one of from and to, allowed are both or neither'];
}

function signIn({ approvalPage }: Partial<StageConfiguration>): string[] {
  if (approvalPage === undefined) return [];
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecretArn: secretArn } = approvalPage;
  if ((issuer === undefined) !== (clientId === undefined))
    return ['approvalPage: given one of oidcIssuer and oidcClientId, allowed are both or neither'];
  if (secretArn !== undefined && clientId === undefined)
    return ['approvalPage.oidcClientSecretArn: given without oidcIssuer and oidcClientId, allowed only with them'];
  return [];
}

/** The places in an ARN that say where something is. */
const REGION = 3;
const ACCOUNT = 4;

/** What is somewhere else is refused by AWS, half an hour into a deployment. */
function place({ region, account, kmsKeyArn, permissionsBoundaryArn }: Partial<StageConfiguration>): string[] {
  const differs = (arn: string | undefined, at: number, where: string | undefined): boolean =>
    arn !== undefined && where !== undefined && arn.split(':')[at] !== where && arn.split(':')[at] !== 'aws';
  return [
    ...(differs(kmsKeyArn, REGION, region)
      ? [`kmsKeyArn: given a key of ${kmsKeyArn?.split(':')[REGION]}, allowed is one of region ${region}`]
      : []),
    ...Object.entries({ kmsKeyArn, permissionsBoundaryArn }).flatMap(([name, arn]) =>
      differs(arn, ACCOUNT, account)
        ? [`${name}: given one of account ${arn?.split(':')[ACCOUNT]}, allowed is one of account ${account}`]
        : [],
    ),
  ];
}

function nightFits(configuration: Partial<StageConfiguration>, now: Date): string[] {
  const { scheduleCron, timeZone, approvalWindowHours, verificationWindowHours } = configuration;
  if (scheduleCron === undefined || timeZone === undefined) return [];
  const gap = shortestNight(scheduleCron, timeZone, now);
  if ('problem' in gap) return [gap.problem];
  if (approvalWindowHours === undefined || verificationWindowHours === undefined) return [];
  const needed = ASSESSMENT_ALLOWANCE_HOURS + approvalWindowHours + verificationWindowHours + SETTLE_MARGIN_HOURS;
  if (needed <= gap.hours) return [];
  const allowed = gap.hours - ASSESSMENT_ALLOWANCE_HOURS - SETTLE_MARGIN_HOURS;
  return [
    `approvalWindowHours and verificationWindowHours: given ${approvalWindowHours} and ${verificationWindowHours}, allowed together are ${Math.max(0, allowed)} hours, because two nights can be as little as ${gap.hours} hours apart (scheduleCron ${scheduleCron}, timeZone ${timeZone}) and a run needs ${ASSESSMENT_ALLOWANCE_HOURS} hour to assess and ${SETTLE_MARGIN_HOURS} to settle`,
  ];
}

/** The shortest time between two nights; a schedule with one start left binds nothing. */
function shortestNight(scheduleCron: string, timeZone: string, now: Date): { hours: number } | { problem: string } {
  try {
    const gaps = nightGaps(scheduleCron, timeZone, now);
    return gaps === undefined
      ? { problem: `scheduleCron: given "${scheduleCron}", which starts fewer than two nights from now on` }
      : { hours: gaps.shortestHours };
  } catch (error) {
    return {
      problem: `scheduleCron: given "${scheduleCron}", which is not a cron expression (${(error as Error).message})`,
    };
  }
}

import { parseConfigureAlarmsInput } from '../../../shared/contracts/alarms.ts';
import { parseConfigureAutoScalingInput } from '../../../shared/contracts/auto-scaling.ts';
import { parseApplyColdStartMitigationInput } from '../../../shared/contracts/cold-start.ts';
import {
  type ApprovalPath,
  type OperatorTarget,
  type OptimizerBody,
  parseOptimizerBody,
} from '../../../shared/contracts/operator.ts';

/** What a request starts. */
export interface PlannedExecution {
  target: OperatorTarget;
  input: unknown;
  approval: ApprovalPath;
  message: string;
}

/** Routes of the operator API by what they start. */
const ROUTES: Readonly<Record<string, (body: unknown, mayAutoApply: boolean) => PlannedExecution>> = {
  'POST /alarms': (body) => configured('alarms', parseConfigureAlarmsInput(body)),
  'POST /auto-scaling': (body) => configured('autoScaling', parseConfigureAutoScalingInput(body)),
  'POST /cold-start': (body) => configured('coldStart', parseApplyColdStartMitigationInput(body)),
  'POST /optimizer': (body, mayAutoApply) => optimized(parseOptimizerBody(body), mayAutoApply),
};

/**
 * What a request starts; undefined for a route there is none of.
 *
 * @throws InvalidInputError naming every problem of the body
 */
export function planExecution(routeKey: string, body: unknown, mayAutoApply: boolean): PlannedExecution | undefined {
  // Every object has a `constructor`, and it is no route.
  return Object.hasOwn(ROUTES, routeKey) ? ROUTES[routeKey]?.(body, mayAutoApply) : undefined;
}

function configured(target: OperatorTarget, input: { action: string }): PlannedExecution {
  const isPlan = input.action === 'plan';
  const message = isPlan
    ? 'planned only: the execution’s output says what would be written'
    : 'started: the execution’s output says what was written, left and why';
  return { target, input, approval: 'none', message };
}

/** A run of the night for the asking. Whatever is asked here, the run's own safety rules hold. */
function optimized(body: OptimizerBody, mayAutoApply: boolean): PlannedExecution {
  const { autoApply = false, dryRun = false, strategy } = body;
  const approval: ApprovalPath = dryRun ? 'none' : autoApply && mayAutoApply ? 'policy' : 'ask';
  const input = {
    ...(body.action === 'optimize' && { scope: { functionNames: body.functionNames } }),
    ...(strategy && { strategy }),
    ...(dryRun && { dryRun }),
    // A run that nothing is proposed in needs no decision, and may not ask for a policy that is not there.
    approvalMode: approval === 'policy' ? 'policy' : 'ask',
  };
  return { target: 'optimizer', input, approval, message: sayWhoDecides(approval, autoApply) };
}

function sayWhoDecides(approval: ApprovalPath, autoApply: boolean): string {
  if (approval === 'none') return 'dry run: nothing is proposed and nothing changes';
  if (approval === 'policy') return 'the auto-approval rules decide first, people about the rest';
  return autoApply
    ? 'autoApply is not allowed by policy (autoApprovalRules is empty): people are asked by mail, and nothing changes without an answer'
    : 'people are asked by mail, and nothing changes without an answer';
}

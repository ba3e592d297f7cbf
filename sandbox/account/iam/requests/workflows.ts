import { type AccessRequestsOf, onNothing, request, type Scene, type ServiceAccess } from '../access-request.ts';

const on =
  (action: string, field: string): AccessRequestsOf =>
  (input, scene) => [request(scene, action, String(input[field]))];

/**
 * Whoever answers a task must be allowed to on the state machine that waits (a child's with its map's label). The Service
 * Authorization Reference lists no resource, but what IAM answers those it refuses names the state machine. A token that
 * nobody waits on names none, and the service says what is wrong with it.
 */
const onWaitingMachine =
  (action: string): AccessRequestsOf =>
  ({ taskToken }, scene) => {
    const machine = scene.stateMachineOf(String(taskToken));
    return machine === undefined ? [] : [request(scene, action, machine)];
  };

export const STATES_ACCESS: ServiceAccess = {
  StartExecution: on('states:StartExecution', 'stateMachineArn'),
  DescribeExecution: on('states:DescribeExecution', 'executionArn'),
  GetExecutionHistory: on('states:GetExecutionHistory', 'executionArn'),
  StopExecution: on('states:StopExecution', 'executionArn'),
  RedriveExecution: on('states:RedriveExecution', 'executionArn'),
  ListExecutions: ({ stateMachineArn, mapRunArn }, scene) => [
    request(scene, 'states:ListExecutions', String(mapRunArn ?? stateMachineArn)),
  ],
  SendTaskSuccess: onWaitingMachine('states:SendTaskSuccess'),
  SendTaskFailure: onWaitingMachine('states:SendTaskFailure'),
  SendTaskHeartbeat: onWaitingMachine('states:SendTaskHeartbeat'),
};

const onSchedule =
  (action: string) =>
  ({ GroupName: group = 'default', Name: name }: Record<string, unknown>, scene: Scene) =>
    request(scene, action, scene.arn('scheduler', `schedule/${group}/${name}`));

/** Whoever gives a schedule its role must be allowed to pass it on. */
const writeSchedule =
  (action: string): AccessRequestsOf =>
  (input, scene) => {
    const { RoleArn: roleArn } = input['Target'] as { RoleArn: string };
    const passed = { 'iam:PassedToService': () => ['scheduler.amazonaws.com'] };
    return [onSchedule(action)(input, scene), request(scene, 'iam:PassRole', roleArn, passed)];
  };

const readSchedule =
  (action: string): AccessRequestsOf =>
  (input, scene) => [onSchedule(action)(input, scene)];

export const SCHEDULER_ACCESS: ServiceAccess = {
  CreateSchedule: writeSchedule('scheduler:CreateSchedule'),
  UpdateSchedule: writeSchedule('scheduler:UpdateSchedule'),
  GetSchedule: readSchedule('scheduler:GetSchedule'),
  DeleteSchedule: readSchedule('scheduler:DeleteSchedule'),
  ListSchedules: onNothing('scheduler:ListSchedules'),
};

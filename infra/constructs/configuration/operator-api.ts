import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Env } from '../../../shared/constants.ts';
import type { OperatorSettings, OperatorTarget } from '../../../shared/contracts/operator.ts';
import { acceptFinding, wildcardResource } from '../accepted-finding.ts';
import { executionArn } from '../night/workflow-access.ts';
import type { TaskFunction } from '../task-function.ts';

/** Routes, by what they start. */
export const OPERATOR_ROUTES: Readonly<Record<OperatorTarget, string>> = {
  alarms: '/alarms',
  autoScaling: '/auto-scaling',
  optimizer: '/optimizer',
  coldStart: '/cold-start',
};

export interface OperatorApiProps {
  /** The API that serves the approval page as well. */
  readonly api: HttpApi;
  readonly operate: TaskFunction;
  /** What the routes start; a target left out has no route. */
  readonly stateMachines: Readonly<Partial<Record<OperatorTarget, StateMachine>>>;
  /** Whether the stage has an auto-approval policy that `autoApply` may use. */
  readonly mayAutoApply: boolean;
}

/** Routes for operators and their scripts, open only to callers whom IAM allows `execute-api:Invoke` on them. */
export class OperatorApi extends Construct {
  constructor(scope: Construct, id: string, props: OperatorApiProps) {
    super(scope, id);
    const { api, operate, stateMachines, mayAutoApply } = props;
    const authorizer = new HttpIamAuthorizer();
    const integration = new HttpLambdaIntegration('Operate', operate);
    const stateMachineArns: OperatorSettings['stateMachineArns'] = {};
    for (const [target, stateMachine] of Object.entries(stateMachines) as [OperatorTarget, StateMachine][]) {
      api.addRoutes({ path: OPERATOR_ROUTES[target], methods: [HttpMethod.POST], integration, authorizer });
      stateMachine.grantStartExecution(operate);
      // A repeated request answers the execution that the first one started.
      stateMachine.grantExecution(operate, 'states:DescribeExecution');
      acceptFinding(operate.role!, wildcardResource(`${executionArn(stateMachine)}:*`), 'Executions of this workflow');
      stateMachineArns[target] = stateMachine.stateMachineArn;
    }
    const settings: OperatorSettings = { stateMachineArns, mayAutoApply };
    operate.addEnvironment(Env.operatorSettings, JSON.stringify(settings));
  }
}

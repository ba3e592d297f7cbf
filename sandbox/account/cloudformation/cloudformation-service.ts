import {
  CloudFormationServiceException,
  type DescribeStacksCommandInput,
  type DescribeStacksCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';

/** Stacks as far as their outputs; `addStack` says what stands. */
export class CloudFormationService implements Service {
  readonly name = 'CloudFormation';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly stacks = new Map<string, Readonly<Record<string, string>>>();
  private readonly context: AccountContext;

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = { DescribeStacks: this.describeStacks() };
  }

  addStack(name: string, outputs: Readonly<Record<string, string>>): void {
    this.stacks.set(name, outputs);
  }

  private describeStacks(): Operation {
    return operation<DescribeStacksCommandInput, DescribeStacksCommandOutput>(['StackName'], ({ StackName = '' }) => {
      const outputs = this.stacks.get(StackName);
      if (outputs === undefined) {
        throw new CloudFormationServiceException({
          name: 'ValidationError',
          $fault: 'client',
          message: `Stack with id ${StackName} does not exist`,
          $metadata: { httpStatusCode: 400 },
        });
      }
      return {
        Stacks: [
          {
            StackName,
            StackStatus: 'CREATE_COMPLETE',
            CreationTime: new Date(this.context.clock.now()),
            Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
          },
        ],
      };
    });
  }
}

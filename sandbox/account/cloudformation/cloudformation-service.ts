import {
  CloudFormationServiceException,
  type DescribeStacksCommandInput,
  type DescribeStacksCommandOutput,
  type GetTemplateSummaryCommandInput,
  type GetTemplateSummaryCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';

interface Stack {
  readonly outputs: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Stacks as far as their outputs and their template's metadata; `addStack` says what stands. */
export class CloudFormationService implements Service {
  readonly name = 'CloudFormation';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly stacks = new Map<string, Stack>();
  private readonly context: AccountContext;

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = { DescribeStacks: this.describeStacks(), GetTemplateSummary: this.getTemplateSummary() };
  }

  addStack(name: string, outputs: Stack['outputs'], metadata?: Stack['metadata']): void {
    this.stacks.set(name, { outputs, ...(metadata && { metadata }) });
  }

  private stack(name: string): Stack {
    const stack = this.stacks.get(name);
    if (stack !== undefined) return stack;
    throw new CloudFormationServiceException({
      name: 'ValidationError',
      $fault: 'client',
      message: `Stack with id ${name} does not exist`,
      $metadata: { httpStatusCode: 400 },
    });
  }

  /** CloudFormation answers metadata as text, and nothing where the template has none. */
  private getTemplateSummary(): Operation {
    return operation<GetTemplateSummaryCommandInput, GetTemplateSummaryCommandOutput>(
      ['StackName'],
      ({ StackName = '' }) => {
        const { metadata } = this.stack(StackName);
        return metadata === undefined ? {} : { Metadata: JSON.stringify(metadata) };
      },
    );
  }

  private describeStacks(): Operation {
    return operation<DescribeStacksCommandInput, DescribeStacksCommandOutput>(['StackName'], ({ StackName = '' }) => {
      const { outputs } = this.stack(StackName);
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

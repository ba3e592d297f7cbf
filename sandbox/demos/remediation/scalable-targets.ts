import type {
  DescribeScalableTargetsCommandInput,
  DescribeScalableTargetsCommandOutput,
  RegisterScalableTargetCommandInput,
  RegisterScalableTargetCommandOutput,
  ScalableTarget,
} from '@aws-sdk/client-application-auto-scaling';
import { operation, type Service } from '../../account/core/operation.ts';

/** Application Auto Scaling, as far as limits of tables go. */
export class ScalableTargets {
  readonly service: Service;
  private readonly targets: ScalableTarget[] = [];

  constructor() {
    this.service = {
      name: 'ApplicationAutoScaling',
      operations: {
        DescribeScalableTargets: operation<DescribeScalableTargetsCommandInput, DescribeScalableTargetsCommandOutput>(
          ['ServiceNamespace', 'ResourceIds'],
          ({ ResourceIds }) => ({
            ScalableTargets: this.targets.filter(({ ResourceId }) => ResourceIds?.includes(ResourceId!) ?? true),
          }),
        ),
        RegisterScalableTarget: operation<RegisterScalableTargetCommandInput, RegisterScalableTargetCommandOutput>(
          ['ServiceNamespace', 'ResourceId', 'ScalableDimension', 'MinCapacity', 'MaxCapacity'],
          (input) => {
            const standing = this.targets.find(
              (each) => each.ResourceId === input.ResourceId && each.ScalableDimension === input.ScalableDimension,
            );
            if (standing) Object.assign(standing, input);
            else this.targets.push({ ...input } as ScalableTarget);
            return {};
          },
        ),
      },
    };
  }
}

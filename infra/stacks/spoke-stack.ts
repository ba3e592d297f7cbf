import { BootstraplessSynthesizer, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SPOKE_ROLES } from '../../shared/domain/organization/role-names.ts';
import { type Hub, SpokeRole } from '../constructs/organization/spoke-role.ts';
import { RELEASE } from '../release.ts';

export interface SpokeStackProps extends StackProps {
  readonly hub: Hub;
  /** Whether the hub applies approved changes; otherwise no role here may change a function. */
  readonly mayWrite: boolean;
}

/** Logical ids, which must not change once deployed. */
const IDS = {
  read: 'Read',
  'apply-change': 'ApplyChange',
  'finish-shift': 'FinishShift',
  'roll-back-change': 'RollBackChange',
} as const;

/**
 * What an account and region needs to be looked after by a hub: roles, and nothing that runs or is kept. The template is
 * the same for all of them, has no parameters and no assets, and needs no CDK bootstrap, as StackSets would have it.
 */
export class SpokeStack extends Stack {
  constructor(scope: Construct, id: string, { hub, mayWrite, ...props }: SpokeStackProps) {
    super(scope, id, { synthesizer: new BootstraplessSynthesizer(), ...props });
    const roles = SPOKE_ROLES.filter((role) => mayWrite || role === 'read');
    for (const role of roles) new SpokeRole(this, IDS[role], { hub, role });
    // Metadata alone is no update for CloudFormation; a StackSet tells its instances' releases by this.
    new CfnOutput(this, 'Release', { value: RELEASE });
  }
}

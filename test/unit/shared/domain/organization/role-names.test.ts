import {
  hubRoleName,
  roleArn,
  SPOKE_ROLES,
  spokeRoleName,
  TASKS_OF_SPOKE_ROLE,
} from '../../../../../shared/domain/organization/role-names.ts';

it('names roles by stack, region and what they are for, alike in hub and spoke', () => {
  expect(hubRoleName('Rightsizer', 'us-east-1', 'apply-change')).toBe('Rightsizer-us-east-1-apply-change');
  expect(spokeRoleName('Rightsizer', 'us-west-2', 'read')).toBe('Rightsizer-us-west-2-spoke-read');
  expect(roleArn('aws-cn', '222222222222', 'a-role')).toBe('arn:aws-cn:iam::222222222222:role/a-role');
});

it('lets each writer write by itself alone, and no writer read', () => {
  const [read, ...writers] = SPOKE_ROLES;
  for (const role of writers) expect(TASKS_OF_SPOKE_ROLE[role]).toEqual([role]);
  for (const task of TASKS_OF_SPOKE_ROLE[read]) expect(writers).not.toContain(task);
});

import { approverName } from '../../../../../../shared/domain/approval/page-access/approver-name.ts';

it.each([
  [{ email: 'ada@example.com', email_verified: true, name: 'Ada' }, 'ada@example.com'],
  [{ email: 'ada@example.com', email_verified: 'true' }, 'ada@example.com'],
  [{ email: 'ada@example.com', email_verified: false, name: 'Ada' }, 'Ada'],
  [{ email: 'ada@example.com', name: 'Ada' }, 'Ada'],
  [{ email: ['ada@example.com'], email_verified: true, name: { given: 'Ada' } }, 'subject'],
  [{ email: '', email_verified: true, name: '' }, 'subject'],
  [{}, 'subject'],
])('of the claims %j is %s', (claims, name) => {
  expect(approverName({ sub: 'subject', ...claims })).toBe(name);
});

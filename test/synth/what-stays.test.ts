import { read, sectionUnder } from '../unit/docs/documents.ts';
import { synthesize } from './template.ts';

/** What outlives the stack is what docs/upgrade.md says; anything else would be left behind unannounced. */
const retained = Object.values(synthesize().resources).filter(
  ({ DeletionPolicy: policy }) => policy !== undefined && policy !== 'Delete',
);

it('keeps the ledger and the run bucket, and nothing else that outlives its function', () => {
  const types = new Set(retained.map(({ Type }) => Type));
  // Versions are kept for runs that wait while the stack stands; with their function they go.
  expect(types).toEqual(new Set(['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Lambda::Version']));
  expect(retained.filter(({ Type }) => Type !== 'AWS::Lambda::Version')).toHaveLength(2);
});

it('is announced where the removal is described', () => {
  const section = sectionUnder(read('docs/upgrade.md'), 'Uninstall');
  expect(section).toMatch(/^\| the ledger table \|.*deletion protection/m);
  expect(section).toMatch(/^\| the run bucket \|.*retentionDays/m);
});

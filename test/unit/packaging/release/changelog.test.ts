import { sectionOf } from '../../../../packaging/release/changelog.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-11-28

### Added

- A thing.

## [1.0.0]

- The first.
`;

it('finds what a version changed, without its heading', () => {
  expect(sectionOf(CHANGELOG, '1.1.0')).toEqual({ date: '2026-11-28', notes: '### Added\n\n- A thing.' });
});

it('finds a section that has no date, and one that is empty', () => {
  expect(sectionOf(CHANGELOG, '1.0.0')).toEqual({ date: undefined, notes: '- The first.' });
  expect(sectionOf(CHANGELOG, 'Unreleased')).toEqual({ date: undefined, notes: '' });
});

it('knows no version that has no section', () => {
  expect(sectionOf(CHANGELOG, '1.1')).toBeUndefined();
});

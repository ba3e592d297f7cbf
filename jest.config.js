/** Tests run as CommonJS through swc, so that `jest.mock` works and no experimental flag is needed. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/emulator/', '<rootDir>/test/browser/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }],
  },
  setupFiles: ['<rootDir>/test/support/quiet.ts'],
  // Executed nights take seconds, more on a busy machine; nothing here waits for real time.
  testTimeout: 120_000,
  clearMocks: true,
};

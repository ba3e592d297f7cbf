/** Tests run as CommonJS through swc, so that `jest.mock` works and no experimental flag is needed. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/emulator/', '<rootDir>/test/browser/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }],
    '^.+\\.js$': ['@swc/jest', { jsc: { target: 'es2023' } }],
  },
  // Published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(openid-client|oauth4webapi|jose)/)'],
  moduleNameMapper: {
    // Release 0.1.0, which tests upgrade from (test/fixtures), reads contracts by zod, which maps no `require` to its single locales.
    '^zod/v4/locales/en\\.js$': '<rootDir>/node_modules/zod/v4/locales/en.cjs',
    // d3 ships ES modules, and the same bundled for everything else.
    '^(d3-[a-z-]+|internmap)$': '<rootDir>/node_modules/$1/dist/$1.js',
  },
  globalSetup: '<rootDir>/test/support/hash-sources.ts',
  setupFiles: ['<rootDir>/test/support/quiet.ts'],
  // Executed nights take seconds, more on a busy machine; nothing here waits for real time.
  testTimeout: 120_000,
  // Jest leaves a core free by itself; of two that is half of the machine, and nobody watches these runs interactively.
  maxWorkers: '100%',
  clearMocks: true,
};

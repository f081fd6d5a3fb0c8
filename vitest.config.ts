import { defineConfig } from 'vitest/config'

// Three kinds of test: those that need nothing, those on a real database, those in a browser. A test never assumes the machine's
// time zone: all run in UTC, and what reads the clocks of China once more as on a merchant's machine.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          env: { TZ: 'UTC' },
          include: [
            'src/{core,contract,kit,connectors}/**/*.test.ts',
            'simulators/**/*.test.ts',
            'scripts/**/*.test.ts',
            'extensions/**/*.test.ts',
            'web/src/**/*.test.{ts,tsx}',
            'test/*.test.ts',
          ],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'beijing',
          env: { TZ: 'Asia/Shanghai' },
          include: ['src/core/time/**/*.test.ts', 'src/connectors/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'database',
          env: { TZ: 'UTC' },
          globalSetup: ['test/aid/database-setup.ts'],
          include: [
            'src/{platform,modules,apps}/**/*.test.ts',
            'test/{aid,conformance,flows,faults,load}/**/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          env: { TZ: 'UTC' },
          globalSetup: ['test/aid/database-setup.ts'],
          include: ['test/web/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})

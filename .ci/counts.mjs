// How many tests passed and failed, from the JSON of vitest. A file that could not be loaded has no tests and is one
// failure; so is a vitest that failed for another reason, or that wrote nothing.
import { readFileSync } from 'node:fs'

const [path = '', status = '1'] = process.argv.slice(2)

function counts() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'))
    const unloaded = testResults.filter(
      (file) =>
        file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    )
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
  } catch (error) {
    console.error(`vitest left no counts: ${error.message}`)
    return { passed: 0, failed: 1 }
  }
}

const { passed, failed } = counts()
console.log(passed, failed === 0 && status !== '0' ? 1 : failed)

#!/usr/bin/env node
import { tracingVariables } from './commands/doctor.js'
import { main } from './program.js'

// Any one of these on "true" would send every faulted trial to a server.
if (process.env['FIREDRILL_KEEP_TRACING'] !== '1') {
  for (const name of tracingVariables) delete process.env[name]
}

process.exitCode = await main(process.argv.slice(2))

#!/usr/bin/env node
import { main } from './program.js'
import { switchTracingOff } from './tracing.js'

switchTracingOff()
process.exitCode = await main(process.argv.slice(2))

#!/usr/bin/env node
import module from 'node:module';

// From version 22 on Node keeps compiled code for the next start, in the system's temporary folder.
module.enableCompileCache?.();
await import('../dist/main.js');

// The worker script of workerpool: registers what it may be asked to run.

import { createRequire } from 'node:module';
import * as tasks from './node_tasks.mjs';

const packages = createRequire(process.env.MITOSIS_BENCH_PACKAGES);
packages('workerpool').worker({ ...tasks });

import { describe } from "vitest";
import { kernelsContract } from "./kernels.contract.js";
import { plainKernels } from "./plain.js";

describe("plain kernels", () => kernelsContract(plainKernels()));

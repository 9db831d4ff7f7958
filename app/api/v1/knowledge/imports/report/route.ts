import { exportImportErrors } from "@/lib/composition/exports";

export const GET = exportImportErrors;

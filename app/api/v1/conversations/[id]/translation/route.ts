import { switchTranslationOperation } from "@/lib/conversations/translation-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(switchTranslationOperation);

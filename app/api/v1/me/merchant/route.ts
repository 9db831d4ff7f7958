import { switchMerchantEndpoint } from "@/lib/composition/switch-merchant";

export const POST = switchMerchantEndpoint;

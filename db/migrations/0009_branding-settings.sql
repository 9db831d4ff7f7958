-- The merchants' colours move into the settings group "branding"; the old column stays until the next release.
insert into "settings" ("merchant_id", "key", "value")
select "id", 'branding', jsonb_build_object('accent', "branding" ->> 'accent')
from "merchants" where coalesce("branding" ->> 'accent', '') <> ''
on conflict do nothing;

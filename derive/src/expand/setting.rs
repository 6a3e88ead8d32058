//! The settings of a table, and of its indexes, as constant data.

use proc_macro2::TokenStream;
use quote::quote;

use crate::attr::StreamAttr;
use crate::model::{Billing, Capacity, Projection, Recovery, Settings};

/// `.with_settings(…)`, if there are any.
pub(super) fn with_settings(settings: &Settings) -> Option<TokenStream> {
    settings.any().then(|| self::settings(settings))
}

/// `IndexProjection::KeysOnly`
pub(super) fn projection(projection: &Projection) -> TokenStream {
    match projection {
        Projection::All => quote!(__rt::IndexProjection::All),
        Projection::KeysOnly => quote!(__rt::IndexProjection::KeysOnly),
        Projection::Include(attributes) => quote!(__rt::IndexProjection::Include(&[#(#attributes),*])),
    }
}

/// `.with_capacity(…)`
pub(super) fn with_capacity(units: Capacity) -> TokenStream {
    let units = capacity(units);
    quote!(.with_capacity(#units))
}

fn capacity(Capacity { read, write }: Capacity) -> TokenStream {
    quote!(__rt::Capacity { read: #read, write: #write })
}

fn settings(settings: &Settings) -> TokenStream {
    let billing = settings.billing.as_ref().map(|billing| match billing {
        Billing::OnDemand(None) => quote!(.with_billing(__rt::Billing::OnDemand { max: __rt::None })),
        Billing::OnDemand(Some(max)) => {
            let max = capacity(*max);
            quote!(.with_billing(__rt::Billing::OnDemand { max: __rt::Some(#max) }))
        }
        Billing::Provisioned(units) => {
            let units = capacity(*units);
            quote!(.with_billing(__rt::Billing::Provisioned(#units)))
        }
    });
    let stream = settings.stream.map(|stream| {
        let view = match stream {
            StreamAttr::KeysOnly => quote!(KeysOnly),
            StreamAttr::NewImage => quote!(NewImage),
            StreamAttr::OldImage => quote!(OldImage),
            StreamAttr::NewAndOldImages => quote!(NewAndOldImages),
        };
        quote!(.with_stream(__rt::StreamViewType::#view))
    });
    let recovery = settings.recovery.as_ref().map(|recovery| {
        let recovery = match recovery {
            Recovery::Disabled => quote!(Disabled),
            Recovery::Enabled(days) => quote!(Enabled { days: #days }),
        };
        quote!(.with_point_in_time_recovery(__rt::PointInTimeRecovery::#recovery))
    });
    let protection =
        settings.deletion_protection.as_ref().map(|protection| quote!(.with_deletion_protection(#protection)));
    let class =
        settings.infrequent_access.then(|| quote!(.with_table_class(__rt::TableClass::StandardInfrequentAccess)));
    let warm = settings.warm_throughput.map(|warm| {
        let warm = capacity(warm);
        quote!(.with_warm_throughput(#warm))
    });
    let tags = (!settings.tags.is_empty()).then(|| {
        let tags = settings.tags.iter().map(|(key, value)| quote!((#key, #value)));
        quote!(.with_tags(&[#(#tags),*]))
    });
    let renamed = settings.renamed_from.as_ref().map(|former| quote!(.with_renamed_from(#former)));
    quote! {
        .with_settings(__rt::TableSettings::new() #billing #stream #recovery #protection #class #warm #tags #renamed)
    }
}

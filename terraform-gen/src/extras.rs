//! What a module has besides its tables, each only where it is asked for.

use clap::Args;

/// What a module has besides its tables, each only where it is asked for.
///
/// The same names are options of `cargo tablewright` and keys of `[package.metadata.tablewright]` in `Cargo.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[non_exhaustive]
pub struct Extras {
    /// Let AWS Lambda run this role: an event source mapping for each stream that the role reads.
    #[arg(long = "lambda", value_name = "ROLE", value_delimiter = ',')]
    pub lambda: Vec<String>,
    /// A gateway endpoint, through which a VPC reaches DynamoDB without the internet.
    #[arg(long)]
    pub vpc_endpoint: bool,
    /// Let the capacity of this provisioned table and of its indexes follow the load.
    #[arg(long, value_name = "TABLE", value_delimiter = ',')]
    pub autoscaling: Vec<String>,
    /// Contributor Insights: the most used keys of each table and index.
    #[arg(long)]
    pub contributor_insights: bool,
    /// A resource policy on this table, for the callers of other accounts.
    #[arg(long, value_name = "TABLE", value_delimiter = ',')]
    pub resource_policy: Vec<String>,
    /// Send the changes of this table to a Kinesis data stream.
    #[arg(long, value_name = "TABLE", value_delimiter = ',')]
    pub kinesis: Vec<String>,
}

impl Extras {
    /// The options that ask for the same, as the command takes them. They are sorted, so that one wish has one spelling.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let list = |option: &str, names: &[String]| {
            let mut names = names.to_vec();
            names.sort_unstable();
            names.dedup();
            if names.is_empty() { vec![] } else { vec![option.to_owned(), names.join(",")] }
        };
        let flag = |option: &str, set: bool| if set { vec![option.to_owned()] } else { vec![] };
        [
            list("--lambda", &self.lambda),
            flag("--vpc-endpoint", self.vpc_endpoint),
            list("--autoscaling", &self.autoscaling),
            flag("--contributor-insights", self.contributor_insights),
            list("--resource-policy", &self.resource_policy),
            list("--kinesis", &self.kinesis),
        ]
        .concat()
    }
}

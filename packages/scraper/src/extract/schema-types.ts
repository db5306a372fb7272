/** Types every site may have; none of them says what the business is. */
const GENERAL = new Set(
  `WebSite BreadcrumbList ListItem ImageObject EntryPoint Person Article BlogPosting NewsArticle TechArticle PostalAddress GeoCoordinates
  GeoCircle GeoShape ContactPoint Offer AggregateOffer Product ProductGroup ProductModel IndividualProduct Review Rating Place Country City State
  AdministrativeArea DefinedRegion Service OfferCatalog ItemList Question Answer Thing VideoObject AudioObject MediaObject MonetaryAmount Organization
  Corporation Brand QuantitativeValue SiteNavigationElement WPHeader WPFooter WPSideBar CreativeWork CreativeWorkSeries Blog Menu MenuItem MenuSection
  Recipe HowTo HowToStep HowToSection Course CourseInstance Book Movie SoftwareApplication WebApplication MobileApplication DataFeed Dataset
  DefinedTerm DefinedTermSet Audience PeopleAudience Map Language PropertyValue InteractionCounter Comment Message Occupation Role OrganizationRole
  EmployeeRole Demand Vehicle Car Apartment House Room HotelRoom Suite Accommodation Residence MerchantReturnPolicy OfferShippingDetails
  ShippingDeliveryTime EducationalOccupationalCredential NutritionInformation ImageGallery Photograph Quotation Clip Certification Event Class
  Intangible StructuredValue Duration Distance Enumeration PaymentMethod DayOfWeek BusinessFunction Taxon Grant Season Game VideoGame TVSeries
  MusicRecording MusicAlbum Painting Sculpture Legislation Report Chapter Poster Drawing CategoryCode CategoryCodeSet`.split(
    /\s+/,
  ),
);
const GENERAL_ENDING =
  /(?:Page|Action|Event|Specification|Posting|Rating|Reservation|Ticket|Trip|Object|Series|Article|List)$/;

/** Whether a schema.org type says what a business is: "Dentist", "LocalBusiness". */
export const isBusinessType = (type: string): boolean =>
  /^[A-Z][A-Za-z]{2,60}$/.test(type) && !GENERAL.has(type) && !GENERAL_ENDING.test(type);

export const isOrganization = (type: string): boolean =>
  type === "Organization" || type === "Corporation";

"""What drives satisfaction, as Customer Service Excellence names it."""

DRIVERS = {
    "delivery": "Delivery",
    "timeliness": "Timeliness",
    "information": "Information",
    "professionalism": "Professionalism",
    "staff_attitude": "Staff attitude",
    "access": "Access",
    "fairness": "Fair treatment",
}
